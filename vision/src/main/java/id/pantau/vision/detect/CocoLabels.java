package id.pantau.vision.detect;

import java.util.List;
import java.util.Set;

/// The 80 classes of COCO (Lin et al., 2014), in the order that models are trained with.
public final class CocoLabels {
    public static final List<String> ALL =
            List.of(
                    "person,bicycle,car,motorcycle,airplane,bus,train,truck,boat,traffic light,"
                            .concat(
                                    "fire hydrant,stop sign,parking meter,bench,bird,cat,dog,horse,")
                            .concat("sheep,cow,elephant,bear,zebra,giraffe,backpack,umbrella,")
                            .concat("handbag,tie,suitcase,frisbee,skis,snowboard,sports ball,kite,")
                            .concat("baseball bat,baseball glove,skateboard,surfboard,")
                            .concat("tennis racket,bottle,wine glass,cup,fork,knife,spoon,bowl,")
                            .concat("banana,apple,sandwich,orange,broccoli,carrot,hot dog,pizza,")
                            .concat("donut,cake,chair,couch,potted plant,bed,dining table,toilet,")
                            .concat("tv,laptop,mouse,remote,keyboard,cell phone,microwave,oven,")
                            .concat("toaster,sink,refrigerator,book,clock,vase,scissors,")
                            .concat("teddy bear,hair drier,toothbrush")
                            .split(","));

    /// What moves on roads.
    public static final Set<String> ROAD =
            Set.of("person", "bicycle", "car", "motorcycle", "bus", "truck");

    private CocoLabels() {}
}
