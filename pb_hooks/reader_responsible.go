package pb_hooks

import (
	"context"

	"gongkai/pb_hooks/records"
	"gongkai/pb_hooks/responsibility"
	"gongkai/pb_hooks/site"
	"gongkai/pb_hooks/workday"
)

// responsible are those who hold a role at a school today: what was confirmed,
// and nothing else.
func (r reader) responsible(ctx context.Context, s *records.School) ([]site.ResponsiblePerson, error) {
	rows, err := r.p.public.Responsible(ctx, s.ID)
	if err != nil {
		return nil, err
	}
	var confirmed []responsibility.Person
	for _, n := range rows {
		confirmed = append(confirmed, responsibility.Person{ID: n.ID, Role: responsibility.Role(n.Role), Name: n.Name, Post: n.Post, Phone: n.Phone,
			From: workday.Date(n.From), State: responsibility.Confirmed, Confirmed: n.Confirmed})
	}
	list := []site.ResponsiblePerson{}
	for _, one := range responsibility.InOffice(confirmed, workday.Date(r.p.today())) {
		list = append(list, site.ResponsiblePerson{Role: one.Role.Name(), Name: one.Name, Post: one.Post, Phone: one.Phone, From: string(one.From)})
	}
	return list, nil
}
