package records

import "context"

// NamedPerson is a row of those whom a school has confirmed for a role of the
// system of responsibility (信息公开工作责任制).
type NamedPerson struct {
	ID, Role, Name, Post, Phone, From string
	Confirmed                         string // as stored
}

// Responsible returns everybody whom a school ever confirmed and whose term was not
// ended: who holds a role today is for the rules to say.
func (p *Public) Responsible(ctx context.Context, school string) ([]NamedPerson, error) {
	rows, err := p.responsible.QueryContext(ctx, school)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var list []NamedPerson
	for rows.Next() {
		var n NamedPerson
		if err := rows.Scan(&n.ID, &n.Role, &n.Name, &n.Post, &n.Phone, &n.From, &n.Confirmed); err != nil {
			return nil, err
		}
		list = append(list, n)
	}
	return list, rows.Err()
}
