package inquiry

// Next says in one sentence what happens next: to the writer, or to the staff.
func (c Case) Next(as Role) string {
	if as == Writer {
		return c.nextForWriter()
	}
	switch c.State {
	case Held:
		return "请专管员看过：是正常来信就放行，否则写明原因不予受理。"
	case Submitted:
		return "请在 " + string(c.AcceptBy) + " 前受理、转办或者说明不予受理的理由。"
	case Accepted, Handling:
		return "请在 " + string(c.Due) + " 前答复。"
	case Transferring:
		return "等待接收单位接收，" + string(c.Offer.ReturnBy) + " 前没有退回的，由接收单位办理。"
	case Reviewing:
		return "等待" + c.Reviewer().Name() + "审核答复。"
	case Redoing:
		return "来信人不满意，请在 " + string(c.Due) + " 前重新办理并再次答复。"
	case Answered:
		return "等待来信人评价，评价期限到 " + string(c.RateBy()) + "。"
	case Rated, Archived:
		if c.Publication == Undecided && c.MayPublish() == nil {
			return "来信人同意公开，可以整理后提请选登。"
		}
	}
	return ""
}

func (c Case) nextForWriter() string {
	switch c.State {
	case Held, Submitted:
		return "最迟在 " + string(c.AcceptBy) + " 决定是否受理，" + string(c.Due) + " 前答复。"
	case Accepted, Handling, Reviewing, Transferring:
		return "最迟在 " + string(c.Due) + " 答复。"
	case Redoing:
		return "已经重新办理，最迟在 " + string(c.Due) + " 再次答复。"
	case Answered:
		return "请看答复，并在 " + string(c.RateBy()) + " 前评价。"
	case Refused:
		return "这件来信没有受理，请看原因和应当走的渠道。"
	case Merged:
		return "与同一事项的另一件来信一并办理，答复后在这里看到。"
	case Withdrawn:
		return "您已经撤回这件来信。"
	}
	return "这件来信已经办结。"
}
