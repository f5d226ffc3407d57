/** placeWords say where somebody who is named stands today. */
export const placeWords: Record<string, string> = { now: '已公布', coming: '已确认，到那一天公布', waiting: '等待确认，还没有公布' }

/** stateWords say what became of a name. */
export const stateWords: Record<string, string> = { confirmed: '已由他人接任', declined: '没有同意', withdrawn: '已撤回', ended: '不再担任' }
