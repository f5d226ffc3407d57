package inquiry

import "slices"

// staffRoles are filled by a person whose name is recorded.
var staffRoles = []Role{Clerk, Department, Officer, Principal, Receiver, Bureau}

// fourEyes keeps apart who drafted a text from who reviews it, for the answer and for what is published. Both names of a
// stand-in count.
func (c Case) fourEyes(s Step, e Event) error {
	if slices.Contains(staffRoles, e.As) && e.By == "" {
		return samePerson(s, "这一步要由具名的人员办理")
	}
	for _, person := range e.people() {
		switch {
		case (e.Do == Answer || e.Do == Return) && slices.Contains(c.Draft.Writers, person):
			return samePerson(s, "您参与了答复的起草，审核要由其他人员办理")
		case e.Do == Publish && slices.Contains(c.Selection.Writers, person):
			return samePerson(s, "您参与了这份文字的整理或者提请，公开审核要由其他人员办理")
		}
	}
	return nil
}

func samePerson(s Step, sentence string) error {
	return Refusal{Why: SamePerson, Sentence: sentence, Law: s.Law}
}
