package pb_hooks

import (
	"cmp"
	"net/http"
	"slices"

	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/order"
	"gongkai/pb_hooks/publication"
	"gongkai/pb_hooks/records"
	"gongkai/pb_hooks/workday"
)

// OrderBody is an order that the supervisor issues.
type OrderBody struct {
	Kind    string   `json:"kind"`
	Title   string   `json:"title"`
	Text    string   `json:"text"`
	Days    int      `json:"days"`
	Source  string   `json:"source"` // "" is hand
	Ref     string   `json:"ref"`
	Schools []string `json:"schools"` // codes
}

// OrderForm is what the page needs on which an order is made.
type OrderForm struct {
	Occasion string         `json:"occasion"` // what gives occasion to it, in words
	Schools  []OrderSchool  `json:"schools"`  // those at work
	Due      []workday.Date `json:"due"`      // the due day of each number of working days, from 1
	AckBy    workday.Date   `json:"ack_by"`
}

// OrderSchool is a school that can receive an order.
type OrderSchool struct {
	ID        string   `json:"id"`
	Code      string   `json:"code"`
	Name      string   `json:"name"`
	ShortName string   `json:"short_name"`
	Initials  string   `json:"initials"`
	Stages    []string `json:"stages"`
	Town      string   `json:"town"`
}

// mayIssueOrders refuses everybody but the supervisor.
func (p *platform) mayIssueOrders(app core.App, e *core.RequestEvent) error {
	may, err := p.servesBureau(app, e.Auth, publication.Supervisor)
	if err == nil && !may {
		err = e.ForbiddenError("督办由区级监督员发出。", nil)
	}
	return err
}

// orderForm answers with what an order can be made of. Query: source, ref.
func (p *platform) orderForm(e *core.RequestEvent) error {
	if err := p.mayIssueOrders(e.App, e); err != nil {
		return err
	}
	calendar, err := p.calendar(e.App)
	if err != nil {
		return err
	}
	d, err := p.directory()
	if err != nil {
		return err
	}
	ask := e.Request.URL.Query()
	about, err := p.occasionOf(e.App, order.Source(cmp.Or(ask.Get("source"), string(order.ByHand))), ask.Get("ref"))
	if err != nil {
		return err
	}
	today := workday.Date(p.today())
	form := OrderForm{Occasion: about.words, Schools: []OrderSchool{}, AckBy: calendar.Add(today, order.AckDays)}
	for _, s := range d.Schools {
		if s.Status == "open" && (about.school == "" || s.ID == about.school) {
			form.Schools = append(form.Schools, OrderSchool{s.ID, s.Code, s.Name, s.ShortName, s.Initials, s.Stages, s.Town})
		}
	}
	for n := range order.LongestPeriod {
		form.Due = append(form.Due, calendar.Add(today, n+1))
	}
	e.Response.Header().Set("Cache-Control", "no-store")
	return e.JSON(http.StatusOK, form)
}

// makeOrder issues an order: its number, the part of each school and the step with
// which each begins are stored together.
func (p *platform) makeOrder(e *core.RequestEvent) error {
	var body OrderBody
	if err := readBody(e, &body); err != nil {
		return err
	}
	var desk OrderDesk
	err := e.App.RunInTransaction(func(tx core.App) error {
		person, err := tx.FindRecordById(records.Staff, e.Auth.Id)
		if err != nil {
			return err
		}
		e.Auth = person // who may what may have changed while this waited for its turn
		if err := p.mayIssueOrders(tx, e); err != nil {
			return err
		}
		ways, err := p.waysTo(tx, person, publication.Supervisor)
		if err != nil {
			return err
		}
		paper, err := p.issueOrder(tx, body, orderSigner{order.Bureau, ways[0].person, ways[0].insteadOf}, actorOf(e))
		if err != nil {
			return err
		}
		desk, err = p.orderDeskOf(tx, paper, person, "")
		return err
	})
	if err != nil {
		return err
	}
	return e.JSON(http.StatusOK, desk)
}

// issueOrder stores an order and tells its schools, in the transaction of the caller.
func (p *platform) issueOrder(tx core.App, body OrderBody, by orderSigner, who actor) (*core.Record, error) {
	d, err := p.directory()
	if err != nil {
		return nil, err
	}
	o := order.Paper{Kind: order.Kind(body.Kind), Source: order.Source(cmp.Or(body.Source, string(order.ByHand))), Ref: cleanLine(body.Ref), Title: cleanLine(body.Title),
		Text: cleanLines(body.Text), Days: body.Days}
	var schools []*records.School
	for _, code := range body.Schools {
		s, ok := d.ByCode(code)
		if !ok {
			o.Schools = append(o.Schools, order.Addressee{Name: code})
			continue
		}
		if !slices.Contains(schools, s) {
			schools, o.Schools = append(schools, s), append(o.Schools, order.Addressee{Name: s.ShortName, Status: s.Status})
		}
	}
	if problems := o.Problems(); len(problems) > 0 {
		return nil, fieldErrors(problems)
	}
	about, err := p.occasionOf(tx, o.Source, o.Ref)
	if err != nil {
		return nil, err
	}
	if about.school != "" && (len(schools) != 1 || schools[0].ID != about.school) {
		return nil, refused("schools", "order_malformed", about.words+"不是由所选的学校办理的，只能发给办理的学校")
	}
	paper, err := p.newOrder(tx, o, about, by)
	if err != nil {
		return nil, err
	}
	for i, s := range schools {
		part, err := blank(tx, records.OrderParts)
		if err != nil {
			return nil, err
		}
		part.Load(map[string]any{"order": paper.Id, "school": s.ID, "number": order.PartNumber(paper.GetString("number"), i+1), "state": string(order.Draft), "clock": string(order.NotStarted)})
		if err := tx.Save(part); err != nil {
			return nil, err
		}
		c, err := p.orderPartOf(tx, part)
		if err != nil {
			return nil, err
		}
		if _, err := p.takeOrder(tx, c, order.Event{Do: order.Issue, As: by.As, By: by.By, For: by.For, Days: o.Days}, who); err != nil {
			return nil, err
		}
	}
	return paper, nil
}

func (p *platform) newOrder(tx core.App, o order.Paper, about occasion, by orderSigner) (*core.Record, error) {
	today := p.today()
	n, err := nextSerial(tx, "order|"+string(o.Kind)+"|"+today[:4])
	if err != nil {
		return nil, err
	}
	paper, err := blank(tx, records.Orders)
	if err != nil {
		return nil, err
	}
	name, err := nameOf(tx, by.By)
	if err != nil {
		return nil, err
	}
	paper.Load(map[string]any{"number": order.Number(o.Kind, today[:4], n), "kind": string(o.Kind), "title": o.Title, "text": o.Text, "days": o.Days,
		"source": string(o.Source), "ref": o.Ref, "occasion": about.words, "issued": today, "by": by.By, "by_name": name})
	return paper, tx.Save(paper)
}
