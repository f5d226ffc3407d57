package scorecard

import "slices"

// Card is what a school was found to be, with all indicators and their evidence.
type Card struct {
	Score  Points      `json:"score"`  // of Full
	Grade  Grade       `json:"grade"`  // 不合格 after a veto, whatever the score
	Vetoes []Code      `json:"vetoes"` // that hold
	Groups []GroupLine `json:"groups"`
	Lines  []Line      `json:"lines"` // of every indicator
}

// GroupLine is what was lost in a group.
type GroupLine struct {
	Group  Group  `json:"group"`
	Most   Points `json:"most"`
	Points Points `json:"points"` // lost, at most Most
}

// Line is one indicator of a card.
type Line struct {
	Code     Code       `json:"code"`
	Measured bool       `json:"measured"` // if not, it says nothing and costs nothing (未测)
	Count    int        `json:"count"`    // hits
	Hits     []HitCount `json:"hits"`
	Points   Points     `json:"points"` // lost, at most Most
	Most     Points     `json:"most"`
	Veto     bool       `json:"veto"` // it vetoes
	Items    []Item     `json:"items"`
	Back     Points     `json:"back"` // of Points, given back after an objection
}

// HitCount is how often a kind of hit was found.
type HitCount struct {
	Key   string `json:"key"`
	Count int    `json:"count"`
	Each  Points `json:"each"` // lost for each
}

// Judge makes the card of a school out of what was found.
func Judge(w Weights, e Evidence) Card {
	card := Card{}
	for _, i := range indicators {
		line := Line{Code: i.Code, Hits: []HitCount{}, Items: []Item{}}
		if seen := e[i.Code]; seen != nil {
			line.Measured, line.Hits = true, seen.sorted(i)
			line.Items = append(line.Items, seen.Items...)
		}
		line.Most = w.Lines[i.Code].Most
		for n, h := range line.Hits {
			line.Count += h.Count
			line.Hits[n].Each = w.Lines[i.Code].Hits[h.Key]
			line.Points += Points(h.Count) * line.Hits[n].Each
			kind, _ := i.Hit(h.Key)
			line.Veto = line.Veto || i.IsVeto() && h.Count >= kind.From
		}
		line.Points = min(line.Points, line.Most)
		card.Lines = append(card.Lines, line)
	}
	for _, g := range Groups() {
		card.Groups = append(card.Groups, GroupLine{Group: g, Most: w.Groups[g]})
	}
	card.sum()
	return card
}

// sum adds the lines up.
func (c *Card) sum() {
	lost := map[Group]Points{}
	c.Vetoes = []Code{}
	for n, l := range c.Lines {
		lost[indicators[n].Group] += l.Points - l.Back
		if l.Veto {
			c.Vetoes = append(c.Vetoes, l.Code)
		}
	}
	c.Score = Full
	for n := range c.Groups {
		g := &c.Groups[n]
		g.Points = min(lost[g.Group], g.Most)
		c.Score -= g.Points
	}
	c.Grade = GradeOf(c.Score, len(c.Vetoes) > 0)
}

// GivenBack is what an accepted objection gives back: points of a deduction, or
// the veto.
type GivenBack struct {
	Code   Code
	Points Points
}

// Restore is the card after objections. The card itself stays what it was.
func (c Card) Restore(list []GivenBack) Card {
	after := c
	after.Lines = append([]Line{}, c.Lines...)
	after.Groups = append([]GroupLine{}, c.Groups...)
	for n := range after.Lines {
		line := &after.Lines[n]
		for _, b := range list {
			if b.Code == line.Code {
				line.Back = min(line.Points, line.Back+b.Points)
				line.Veto = false
			}
		}
	}
	after.sum()
	return after
}

// Line finds the line of an indicator.
func (c Card) Line(code Code) (Line, bool) {
	for _, l := range c.Lines {
		if l.Code == code {
			return l, true
		}
	}
	return Line{}, false
}

// Measured is how many indicators were measured.
func (c Card) Measured() (n int) {
	for _, l := range c.Lines {
		if l.Measured {
			n++
		}
	}
	return n
}

// Kept is a card as it is stored: without the lines that say nothing.
type Kept struct {
	Score    Points      `json:"score"`
	Grade    Grade       `json:"grade"`
	Vetoes   []Code      `json:"vetoes"`
	Groups   []GroupLine `json:"groups"`
	Measured []Code      `json:"measured"`
	Lines    []Line      `json:"lines"` // with a hit
}

// Keep is the card as it is stored.
func (c Card) Keep() Kept {
	k := Kept{Score: c.Score, Grade: c.Grade, Vetoes: c.Vetoes, Groups: c.Groups, Lines: []Line{}}
	for _, l := range c.Lines {
		if l.Measured {
			k.Measured = append(k.Measured, l.Code)
		}
		if l.Count > 0 {
			k.Lines = append(k.Lines, l)
		}
	}
	return k
}

// Card is what was stored, with all its lines. The weights are those that it was
// judged with.
func (k Kept) Card(w Weights) Card {
	c := Card{Score: k.Score, Grade: k.Grade, Vetoes: k.Vetoes, Groups: k.Groups}
	for _, i := range indicators {
		line := Line{Code: i.Code, Measured: slices.Contains(k.Measured, i.Code), Hits: []HitCount{}, Items: []Item{}, Most: w.Lines[i.Code].Most}
		if n := slices.IndexFunc(k.Lines, func(l Line) bool { return l.Code == i.Code }); n >= 0 {
			line = k.Lines[n]
		}
		c.Lines = append(c.Lines, line)
	}
	return c
}

// CardLine is a line as a day keeps it: without evidence.
type CardLine struct {
	Code   Code   `json:"code"`
	Points Points `json:"points"` // lost
	Count  int    `json:"count"`
}

// Day are the lines with a hit, as a day keeps them.
func (c Card) Day() []CardLine {
	list := []CardLine{}
	for _, l := range c.Lines {
		if l.Count > 0 {
			list = append(list, CardLine{l.Code, l.Points, l.Count})
		}
	}
	return list
}
