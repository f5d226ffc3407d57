// OpinionView is a letter that asks for an opinion, as whoever has its link sees
// it; see OpinionView in pb_hooks/foi_opinion.go. Once the opinion is no longer
// waited for it says little more than what became of it.
export interface OpinionView {
  school: string
  number: string
  about: string
  party: string
  until: string
  late: boolean // the period has passed, the answer is still taken
  open: boolean // the answer is taken
  next: string
  letter_html: string
  answered: boolean
  opinion: string // agrees or objects, "" while it is waited for
}
