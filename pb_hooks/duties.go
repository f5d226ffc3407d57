package pb_hooks

import (
	"slices"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/publication"
	"gongkai/pb_hooks/records"
)

// holder is somebody who fills a duty today: by themselves, or in the place of
// a colleague (代理).
type holder struct{ person, insteadOf string }

// holders are the active people of a school ("" is the bureau) who fill a duty
// today and have answered their invitation: before that nobody may be there.
func (p *platform) holders(app core.App, school string, duty publication.Duty) ([]holder, error) {
	here := "school = {:school}"
	if school == "" { // an empty parameter equals nothing in a filter, and the bureau would have nobody
		here = "school = ''"
	}
	staff, err := app.FindRecordsByFilter(records.Staff, here+" && verified = true && deactivated_at = '' && acts_as ~ {:duty}", "name", 0, 0,
		dbx.Params{"school": school, "duty": `"` + string(duty) + `"`})
	if err != nil {
		return nil, err
	}
	var list []holder
	for _, s := range staff {
		mine, err := p.waysTo(app, s, duty)
		if err != nil {
			return nil, err
		}
		list = append(list, mine...)
	}
	return list, nil
}

// waysTo are the ways in which a person fills a duty today: their own, and each
// colleague's whom they stand in for.
func (p *platform) waysTo(app core.App, person *core.Record, duty publication.Duty) ([]holder, error) {
	var list []holder
	if slices.Contains(person.GetStringSlice("duties"), string(duty)) {
		list = append(list, holder{person: person.Id})
	}
	standing, err := p.standInsOf(app, person.Id)
	if err != nil {
		return nil, err
	}
	for _, s := range standing {
		if s.GetString("duty") == string(duty) {
			list = append(list, holder{person.Id, s.GetString("absent")})
		}
	}
	return list, nil
}

// waysToAct are the ways in which a person may act in a duty today: none at a school
// that has ended, whose people only read.
func (p *platform) waysToAct(app core.App, person *core.Record, duty publication.Duty) ([]holder, error) {
	ways, err := p.waysTo(app, person, duty)
	if err != nil {
		return nil, err
	}
	return acting(app, person, ways)
}

// acting are those of the ways in which a person sees something in which they may act
// on it: none at a school that has ended.
func acting[Way any](app core.App, person *core.Record, ways []Way) ([]Way, error) {
	ended, err := onlyReads(app, person)
	if err != nil || ended != "" {
		return nil, err
	}
	return ways, nil
}

// mayEdit reports whether a person may write on an article of their school.
func (p *platform) mayEdit(app core.App, person, article *core.Record) (bool, error) {
	ways, err := p.waysToAct(app, person, publication.Editor)
	return len(ways) > 0 && person.GetString("school") == article.GetString("school"), err
}

// refuseReaders refuses those who may see an article and not write on it.
func (p *platform) refuseReaders(e *core.RequestEvent, article *core.Record) error {
	may, err := p.mayEdit(e.App, e.Auth, article)
	if err == nil && !may {
		err = e.ForbiddenError("您没有编辑这条信息的职责。", nil)
	}
	return err
}

// mayTake asks what taking a step asks of a person: the duty, by themselves or
// in somebody's place, and for a review four eyes. It returns what the record
// of the step would say.
func (p *platform) mayTake(app core.App, person, article *core.Record, a publication.Article, do publication.Action) (map[string]any, bool, error) {
	duties, err := publication.By(a, do)
	if err != nil || len(duties) == 0 || duties[0] == publication.Clock {
		return nil, false, nil // not now, or the server's own
	}
	signed, ok, err := p.signature(app, person, article, a, do, duties)
	if err != nil || !ok {
		return nil, false, err
	}
	if do.IsDecision() && (!a.MayReview(person.Id) || signed["for"] != "" && !a.MayReview(signed["for"].(string))) {
		return nil, false, nil
	}
	return signed, true, nil
}

// standInsOf are the stand-ins that a person fills today, for colleagues who
// still hold the duty.
func (p *platform) standInsOf(app core.App, person string) ([]*core.Record, error) {
	list, err := app.FindRecordsByFilter(records.StandIns, "stand_in = {:person} && from <= {:day} && until >= {:day} ", "created", 0, 0,
		dbx.Params{"person": person, "day": p.today()})
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(list, func(s *core.Record) bool {
		absent, err := app.FindRecordById(records.Staff, s.GetString("absent"))
		return err != nil || !slices.Contains(absent.GetStringSlice("duties"), s.GetString("duty"))
	}), nil
}

// signature decides with which duty, and in whose place, a person may take a
// step, and what the record says of it.
func (p *platform) signature(app core.App, person, article *core.Record, a publication.Article, do publication.Action, duties []publication.Duty) (map[string]any, bool, error) {
	here, bureau := person.GetString("school"), person.GetString("school") == ""
	atBureau := article.GetBool("at_bureau") && do.IsDecision()
	switch {
	case bureau && atBureau:
		duties = bureauDuties(duties)
	case bureau && a.Stage == publication.Released && do == publication.Return: // stops what is about to appear
	case bureau && do != publication.TakeDown, !bureau && (do == publication.TakeDown || here != article.GetString("school")),
		!bureau && a.Stage == publication.Referred && do.IsReview() && do != publication.Recall:
		return nil, false, nil
	}
	var first map[string]any
	for _, duty := range duties {
		ways, err := p.waysTo(app, person, duty)
		if err != nil {
			return nil, false, err
		}
		for _, w := range ways {
			signed := map[string]any{"by": w.person, "for": w.insteadOf, "duty": string(duty), "at_bureau": bureau && atBureau}
			if first == nil {
				first = signed
			}
			if w.insteadOf == "" || a.MayReview(w.insteadOf) {
				return signed, true, nil
			}
		}
	}
	return first, first != nil, nil
}

// bureauDuties: where a school has nobody, a reviewer of the bureau also gives
// the second review.
func bureauDuties(duties []publication.Duty) []publication.Duty {
	if slices.Contains(duties, publication.Principal) {
		return []publication.Duty{publication.Reviewer}
	}
	return duties
}
