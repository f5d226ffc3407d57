// OpinionView is a letter that asks for an opinion, as whoever has its link sees
// it. Third is a person whose interests are touched; otherwise another organ, and
// joint one that made the information together with the school.
export interface OpinionView {
  school: string
  number: string
  about: string
  third: boolean
  joint: boolean
  party: string
  sent: string
  until: string
  next: string
  letter_html: string
  answered: string // the day, or ""
  opinion: string // agrees or objects
}
