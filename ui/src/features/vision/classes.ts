/** The groups that classes are drawn and counted by. Colours are never alone: every box and mark has its class in words. */
export const GROUPS = ['person', 'twoWheeler', 'vehicle', 'animal', 'thing', 'unknown'] as const
export type Group = (typeof GROUPS)[number]

/** On pictures and on the dark stages: light enough for dark text on them (>= 7:1) and for dark surfaces. */
export const GROUP_COLOUR: Record<Group, string> = {
  person: '#ffd166',
  twoWheeler: '#7ee081',
  vehicle: '#6cc6ff',
  animal: '#ffab70',
  thing: '#d9b8ff',
  unknown: '#dfe6ed',
}

/** The six that matter at a gate or on a road, then the rest of COCO's eighty, then what moves without a name. */
export const FIRST_CLASSES = ['person', 'bicycle', 'car', 'motorcycle', 'bus', 'truck'] as const
export const UNKNOWN = 'unknown'
export const CLASSES: readonly string[] = [
  ...FIRST_CLASSES,
  ...'airplane,train,boat,traffic light,fire hydrant,stop sign,parking meter,bench,bird,cat,dog,horse,sheep,cow,elephant,bear,zebra,giraffe,backpack,umbrella,handbag,tie,suitcase,frisbee,skis,snowboard,sports ball,kite,baseball bat,baseball glove,skateboard,surfboard,tennis racket,bottle,wine glass,cup,fork,knife,spoon,bowl,banana,apple,sandwich,orange,broccoli,carrot,hot dog,pizza,donut,cake,chair,couch,potted plant,bed,dining table,toilet,tv,laptop,mouse,remote,keyboard,cell phone,microwave,oven,toaster,sink,refrigerator,book,clock,vase,scissors,teddy bear,hair drier,toothbrush'.split(','),
]

const TWO_WHEELERS = ['bicycle', 'motorcycle']
const VEHICLES = ['car', 'bus', 'truck', 'train', 'airplane', 'boat']
const ANIMALS = ['bird', 'cat', 'dog', 'horse', 'sheep', 'cow', 'elephant', 'bear', 'zebra', 'giraffe']

export function groupOf(label: string | undefined): Group {
  if (label === undefined || label === UNKNOWN) return 'unknown'
  if (label === 'person') return 'person'
  if (TWO_WHEELERS.includes(label)) return 'twoWheeler'
  if (VEHICLES.includes(label)) return 'vehicle'
  return ANIMALS.includes(label) ? 'animal' : 'thing'
}

/** The key of a class's name: `vision.class.trafficLight`. A model may know classes that have no text. */
export function classKey(label: string): string {
  return `vision.class.${label.replace(/[ -](\w)/g, (_, letter: string) => letter.toUpperCase())}`
}
