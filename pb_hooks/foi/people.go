package foi

import "slices"

// staffRoles are filled by a person whose name is recorded.
var staffRoles = []Role{Clerk, Department, SecrecyReviewer, Officer, Principal, Bureau}

// fourEyes keeps apart who drafted an answer, who did its secrecy review and who signs it, and who proposes something
// from who approves it. Both names of a stand-in count. The officer and the principal of a small school may be one
// person: they both sign.
func (c Case) fourEyes(s Step, e Event) error {
	if slices.Contains(staffRoles, e.As) && e.By == "" {
		return samePerson(s, "这一步要由具名的人员办理")
	}
	for _, person := range e.people() {
		switch {
		case isSignOff(s) && slices.Contains(c.Draft.Writers, person):
			return samePerson(s, "您参与了答复书的起草，审查、审核和签发要由其他人员办理")
		case isSignOff(s) && s.From[0] != SecrecyReviewing && slices.Contains(c.Draft.Cleared, person):
			return samePerson(s, "您已经做过这份答复书的保密审查，审核和签发要由其他人员办理")
		case e.Do == Approve && slices.Contains(c.Proposal.people(), person):
			return samePerson(s, "“"+c.Proposal.Do.Name()+"”是您拟办的，要由另一个人同意")
		case e.Do == Approve && slices.Contains(c.Proposal.Writers, person):
			return samePerson(s, "您参与了答复书的起草，要由另一个人同意")
		}
	}
	return nil
}

// isSignOff reports whether a step is a part of the chain 保密审查 → 负责人 → 校长.
func isSignOff(s Step) bool {
	return s.Do == Clear || s.Do == Endorse || s.Do == Sign || s.Do == Return
}

func samePerson(s Step, sentence string) error {
	return Refusal{Why: SamePerson, Sentence: sentence, Law: s.Law}
}
