package pb_hooks

import (
	"strings"

	"gongkai/pb_hooks/registry"
	"gongkai/pb_hooks/responsibility"
	"gongkai/pb_hooks/workday"
)

const kindResponsibility = "responsibility"

// addResponsibility adds the names that wait for the person's confirmation, and to
// those who can propose one the roles that nobody holds.
func (d *inboxDraw) addResponsibility() error {
	directory, err := d.p.directory()
	if err != nil {
		return err
	}
	school, ok := directory.ByID(d.person.GetString("school"))
	if !ok || school.Status != string(registry.Open) {
		return nil
	}
	confirmer, err := d.p.signersOf(d.app, d.person, responsibility.Confirmers())
	if err != nil {
		return err
	}
	proposer, err := d.p.signersOf(d.app, d.person, responsibility.Proposers())
	if err != nil || len(confirmer)+len(proposer) == 0 {
		return err
	}
	rows, err := namedAt(d.app, school.ID)
	if err != nil {
		return err
	}
	steps, err := responsibleSteps(d.app, idsOf(rows))
	if err != nil {
		return err
	}
	people := peopleNamed(rows)
	proposed := map[responsibility.Role]bool{}
	for _, one := range people {
		if one.State != responsibility.Proposed {
			continue
		}
		proposed[one.Role] = true
		if signed, may := caseNamed(one.State, steps[one.ID]).May(responsibility.Confirm, confirmer); may {
			item := InboxItem{ID: one.ID, Title: one.Role.Name() + "：" + one.Name, StageName: "请确认后公布", Since: steps[one.ID][0].GetString("at")}
			if err := d.addNamed(item, signed); err != nil {
				return err
			}
		}
	}
	var missing []string
	for _, m := range responsibility.Missing(people, workday.Date(d.today)) {
		if !proposed[m.Role] {
			missing = append(missing, m.Name)
		}
	}
	if len(missing) == 0 || len(proposer) == 0 {
		return nil
	}
	return d.addNamed(InboxItem{ID: school.ID, Title: "指南上还缺责任人：" + strings.Join(missing, "、"), StageName: "请提交"}, proposer[0])
}

func (d *inboxDraw) addNamed(item InboxItem, signed responsibility.Signer) (err error) {
	item.Kind, item.Link, item.Group, item.Duty = kindResponsibility, responsibilityPage, groupTodo, string(signed.Duty)
	if signed.For != "" {
		if item.InsteadOf, err = nameOf(d.app, signed.For); err != nil {
			return err
		}
	}
	d.items = append(d.items, drawnItem{InboxItem: item})
	return nil
}
