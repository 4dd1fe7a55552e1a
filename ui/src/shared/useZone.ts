import { computed, type ComputedRef } from 'vue'
import { useSession } from '@/session/useSession'

/** The site's time zone (IANA name) where the server told it, else the browser's. */
export function useZone(): ComputedRef<string> {
  const session = useSession()
  const own = Intl.DateTimeFormat().resolvedOptions().timeZone
  return computed(() => session.me?.zone ?? own)
}
