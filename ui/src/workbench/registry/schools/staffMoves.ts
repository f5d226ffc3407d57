/** Moves are who of a school that ends goes where, with which duties, by id of the account. */
export type Moves = Record<string, { school: string; duties: string[] }>

/** movesOf are the moves of those who go anywhere, as the server takes them. */
export const movesOf = (moves: Moves): { staff: string; school: string; duties: string[] }[] =>
  Object.entries(moves).filter(([, { school }]) => school).map(([staff, move]) => ({ staff, ...move }))
