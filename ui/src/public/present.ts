// present is the value of an attribute that is there or not, written as the
// server's templates write it: selected, open. Vue's types know true only.
export function present(on: boolean): true | undefined {
  return on ? ('' as unknown as true) : undefined
}
