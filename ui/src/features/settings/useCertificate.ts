import { useQuery } from '@tanstack/vue-query'
import { api } from '@/api'

/** Whether TLS is on, and the certificate that clients see; administrators only. */
export function useCertificate() {
  const query = useQuery({ queryKey: ['tls'], queryFn: ({ signal }) => api.tls(signal) })
  return { tls: query.data, error: query.error }
}
