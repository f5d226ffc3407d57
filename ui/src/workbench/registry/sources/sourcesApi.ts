import type { RegistryChoice, RegistryRun, RegistrySource, RegistrySources, RegistryTrial, SourceChange, TriedSource } from '../../../shared/api/registry.gen'
import { pb } from '../../api'

const path = '/api/app/registry/sources'

export const fetchSources = (): Promise<RegistrySources> => pb.send<RegistrySources>(path, { method: 'GET' })
export const makeSource = (body: SourceChange): Promise<RegistrySource> => pb.send<RegistrySource>(path, { method: 'POST', body })
export const changeSource = (id: string, body: SourceChange): Promise<RegistrySource> => pb.send<RegistrySource>(`${path}/${id}`, { method: 'PATCH', body })
export const fetchChoices = (id: string): Promise<RegistryChoice[]> => pb.send<RegistryChoice[]>(`${path}/${id}/choices`, { method: 'GET' })
export const forgetChoice = (id: string, choice: string): Promise<RegistryChoice[]> => pb.send<RegistryChoice[]>(`${path}/${id}/choices/${choice}`, { method: 'DELETE' })

/** startRun begins to read a source; a file is read instead of where the source is. Nothing is accepted by rule if dry. */
export const startRun = (id: string, dry: boolean, file: File | null): Promise<RegistryRun> =>
  pb.send<RegistryRun>(`${path}/${id}/runs`, { method: 'POST', body: file ? formWith(file, { dry: String(dry) }) : { dry } })

/** trySource reads the first page as a source says that need not be stored. Nothing is kept. */
export const trySource = (asked: TriedSource, file: File | null): Promise<RegistryTrial> =>
  pb.send<RegistryTrial>('/api/app/registry/try', { method: 'POST', body: file ? formWith(file, { source_config: JSON.stringify(asked) }) : asked })

function formWith(file: File, values: Record<string, string>): FormData {
  const form = new FormData()
  for (const [name, value] of Object.entries(values)) form.append(name, value)
  form.append('file', file)
  return form
}
