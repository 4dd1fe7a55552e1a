import { useMutation } from '@tanstack/vue-query'
import { onBeforeUnmount } from 'vue'
import { api, type FoundDevice, type OnvifProfile, type OnvifProfiles, type ProfilesInput } from '@/api'
import type { Draft } from './draft'

/** Searches the network for cameras, and asks one for its streams. Leaving the page ends both. */
export function useFinder() {
  let abort: AbortController | undefined
  const signal = () => {
    abort?.abort()
    abort = new AbortController()
    return abort.signal
  }
  onBeforeUnmount(() => abort?.abort())
  const search = useMutation({ mutationFn: (hosts: string[]) => api.findDevices(hosts, signal()) })
  const ask = useMutation({ mutationFn: (input: ProfilesInput) => api.deviceProfiles(input, signal()) })
  return { search, ask }
}

/** Hosts and networks out of what somebody typed. */
export function hostsOf(text: string): string[] {
  return text.split(/[\s,;]+/).filter((host) => host !== '')
}

/** `10.0.4.21:8899` of a device's address, which may be a URL. */
export function deviceHost(address: string): string {
  return address.replace(/^[a-z]+:\/\//i, '').replace(/\/.*$/, '')
}

const pixels = (profile: OnvifProfile) => (profile.video ? profile.video.widthPx * profile.video.heightPx : 0)

/** The profiles most people want: the largest picture, and the largest one that is much smaller than it. */
export function usualProfiles(profiles: OnvifProfile[]): { main?: OnvifProfile; sub?: OnvifProfile } {
  const playable = profiles.filter((profile) => profile.url !== undefined).sort((a, b) => pixels(b) - pixels(a))
  const main = playable[0]
  const sub = main && playable.find((profile) => profile !== main && pixels(profile) > 0 && pixels(profile) <= pixels(main) / 2)
  return { main, sub }
}

/** What the camera form begins with. */
export function startOf(answer: OnvifProfiles, device: Pick<FoundDevice, 'name'>, chosen: { main: OnvifProfile; sub?: OnvifProfile }, signIn: { username: string; password: string }): Partial<Draft> {
  return {
    name: device.name || `${answer.device.manufacturer} ${answer.device.model}`.trim(),
    mainUrl: chosen.main.url ?? '',
    subUrl: chosen.sub?.url ?? '',
    onvif: answer.address,
    ...signIn,
  }
}
