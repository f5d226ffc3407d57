package pb_hooks

import (
	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/dossier"
	"gongkai/pb_hooks/foi"
	"gongkai/pb_hooks/records"
)

// stepDeed is how a step stands in the audit: with its sum, so that a dossier can
// be held against it.
func stepDeed(request, step *core.Record) (deed, error) {
	told, err := evidenceOf(step)
	return deed{"foi_" + step.GetString("action"), records.FOIRequests, request.Id,
		map[string]any{"number": request.GetString("number"), "step": step.Id, "sha256": told.Sum()}}, err
}

// evidenceOf is a step as a dossier tells it, and as the audit keeps its sum.
func evidenceOf(s *core.Record) (dossier.CaseStep, error) {
	t := s.GetString
	step := dossier.CaseStep{ID: s.Id, Action: t("action"), ActionName: foi.Action(t("action")).Name(), Role: t("role"), RoleName: foi.Role(t("role")).Name(), State: t("state"),
		By: t("by"), ByName: t("by_name"), For: t("for"), ForName: t("for_name"), On: t("on"), Recorded: t("recorded"), At: t("at"), Reason: t("reason"),
		Channel: t("channel"), Party: t("party"), Joint: s.GetBool("joint"), Opinion: t("opinion"), Items: t("items"), Days: s.GetInt("days"), Until: t("until"),
		Told: t("told"), Hash: t("hash"), Outcome: t("outcome"), Way: t("way"), Agreed: s.GetBool("agreed"), Complaint: t("complaint"), Result: t("result"),
		Article: t("article"), Assignee: t("assignee")}
	if o, err := foi.FindOutcome(foi.OutcomeCode(step.Outcome)); err == nil {
		step.OutcomeName = o.FullName()
	}
	for field, into := range map[string]*[]string{"writers": &step.Writers, "lacking": &step.Lacking} {
		if raw := t(field); raw != "" && raw != "null" {
			if err := s.UnmarshalJSONField(field, into); err != nil {
				return step, err
			}
		}
	}
	return step, nil
}
