/** bellLabel is what the bell says to those who do not see it. */
export const bellLabel = (unread: number): string => (unread > 0 ? `消息，${unread} 条未读` : '消息，没有未读')

/** badge is the number at the bell; it does not grow wider than the bell. */
export const badge = (unread: number): string => (unread > 99 ? '99+' : String(unread))

/** placeOf is where a message leads: only inside the workbench. */
export const placeOf = (link: string): string => (/^\/(?![/\\])/.test(link) ? link : '/inbox')
