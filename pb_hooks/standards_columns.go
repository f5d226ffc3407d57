package pb_hooks

import (
	"fmt"
	"slices"
	"strings"

	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/standard"
)

// columnBody is a column as somebody wants it.
type columnBody struct {
	Updated string `json:"updated"`
	standard.Column
}

// tidy takes away what nobody means: spaces around words, and a mandatory mark that
// the tier says anyway.
func (b *columnBody) tidy() standard.Column {
	c := b.Column
	for _, text := range []*string{&c.Name, &c.Audience, &c.Basis, &c.Description} {
		*text = strings.TrimSpace(*text)
	}
	for i := range c.RequiredFields {
		c.RequiredFields[i] = strings.TrimSpace(c.RequiredFields[i])
	}
	if c.Leaf {
		c.Mandatory = c.Tier < 3
	}
	return c
}

// addColumn adds a leaf to a group or a group to a branch under the next free code;
// or, if the body names the code of a column that the draft took away, takes it back.
func (p *platform) addColumn(e *core.RequestEvent) error {
	body := columnBody{Column: standard.Column{FreshnessDays: -1, DiscloseWithin: -1, PublicityWorkdays: -1}}
	if err := readBody(e, &body); err != nil {
		return err
	}
	return p.editStandard(e, body.Updated, "add_column", func(d standard.Draft) (standard.Draft, map[string]any, error) {
		old, taken := standard.Find(d.Before, body.Code)
		if _, here := standard.Find(d.Columns, body.Code); taken && !here {
			return d.Restore(old), map[string]any{"column": old.Code, "name": old.Name}, nil
		}
		parent, ok := standard.Find(d.Columns, body.Parent)
		if level := standard.Level(parent.Code); !ok || level > 2 {
			return d, nil, refused("parent", "column_parent", "请选择新栏目所在的分类（新分类则选择分支）")
		}
		if d.NextCode(parent.Code) == "" {
			return d, nil, refused("parent", "codes_used_up", "“"+parent.Name+"”的代码已经用完")
		}
		body.Leaf = standard.Level(parent.Code) == 2
		c := body.tidy()
		if !c.Leaf {
			c.Stages, c.Mandatory, c.Kind = parent.Stages, true, ""
		}
		after, code := d.Add(c)
		return after, map[string]any{"column": code, "name": c.Name}, nil
	})
}

// changeColumn changes the named fields of a column.
func (p *platform) changeColumn(e *core.RequestEvent) error {
	var seen struct {
		Updated string `json:"updated"`
	}
	if err := readBody(e, &seen); err != nil {
		return err
	}
	return p.editColumn(e, seen.Updated, "change_column", func(d standard.Draft, c standard.Column) (standard.Draft, map[string]any, error) {
		body := columnBody{Column: c}
		body.Stages, body.RequiredFields = slices.Clone(c.Stages), slices.Clone(c.RequiredFields)
		if err := readBody(e, &body); err != nil {
			return d, nil, err
		}
		body.Code, body.Parent, body.Branch, body.Leaf = c.Code, c.Parent, c.Branch, c.Leaf
		after := d.Replace(body.tidy())
		var fields []string
		for _, changed := range standard.Compare(d.Columns, after.Columns, nil).Changed {
			for _, f := range changed.Fields {
				fields = append(fields, f.Label+"："+f.Before+" → "+f.After)
			}
		}
		return after, map[string]any{"column": c.Code, "name": c.Name, "changes": fields}, nil
	})
}

// removeColumn takes a leaf, or a group without leaves, out of the draft.
func (p *platform) removeColumn(e *core.RequestEvent) error {
	var body struct {
		Updated string `json:"updated"`
	}
	if err := readBody(e, &body); err != nil {
		return err
	}
	return p.editColumn(e, body.Updated, "remove_column", func(d standard.Draft, c standard.Column) (standard.Draft, map[string]any, error) {
		under := slices.IndexFunc(d.Columns, func(o standard.Column) bool { return o.Parent == c.Code })
		leads := slices.IndexFunc(d.Moves, func(m standard.Move) bool { return m.To == c.Code })
		switch {
		case under >= 0:
			return d, nil, refused("code", "column_not_empty", "“"+c.Name+"”下还有栏目，请先移走或删除它们")
		case leads >= 0:
			return d, nil, refused("code", "moves_lead_here", "沿革里有栏目并入“"+c.Name+"”，请先更改沿革")
		}
		return d.Remove(c.Code), map[string]any{"column": c.Code, "name": c.Name}, nil
	})
}

// placeColumn puts a column, as it was dragged, under a parent at a position from 0.
func (p *platform) placeColumn(e *core.RequestEvent) error {
	var body struct {
		Updated  string `json:"updated"`
		Parent   string `json:"parent"`
		Position int    `json:"position"`
	}
	if err := readBody(e, &body); err != nil {
		return err
	}
	return p.editColumn(e, body.Updated, "place_column", func(d standard.Draft, c standard.Column) (standard.Draft, map[string]any, error) {
		level := standard.Level(c.Code)
		parent, ok := standard.Find(d.Columns, body.Parent)
		switch {
		case level == 1:
			return d, nil, refused("parent", "branch_stays", "两个分支的位置是固定的")
		case !ok || standard.Level(parent.Code) != level-1:
			return d, nil, refused("parent", "column_parent", "栏目只能放在分类下，分类只能放在分支下")
		case parent.Code != c.Parent && level == 2:
			return d, nil, refused("parent", "group_stays", "分类不能换到另一个分支：其中栏目的代码都会改变")
		case parent.Code != c.Parent && standard.UsedByProgram(c.Code):
			return d, nil, refused("parent", "column_is_the_programs", "“"+c.Name+"”由程序使用，不能换分类（会改变代码）")
		case parent.Code != c.Parent && d.NextCode(parent.Code) == "":
			return d, nil, refused("parent", "codes_used_up", "“"+parent.Name+"”的代码已经用完")
		case body.Position < 0:
			return d, nil, refused("position", "position_range", "位置从 0 开始")
		}
		after, code := d.Place(c.Code, parent.Code, body.Position)
		return after, map[string]any{"column": c.Code, "name": c.Name, "to": code, "position": body.Position}, nil
	})
}

// editColumn edits the column that the address names.
func (p *platform) editColumn(e *core.RequestEvent, updated, action string,
	edit func(d standard.Draft, c standard.Column) (standard.Draft, map[string]any, error)) error {
	return p.editStandard(e, updated, action, func(d standard.Draft) (standard.Draft, map[string]any, error) {
		c, ok := standard.Find(d.Columns, e.Request.PathValue("code"))
		if !ok {
			return d, nil, e.NotFoundError("这个版本里没有这个栏目，请刷新页面。", nil)
		}
		return edit(d, c)
	})
}

// setMoves replaces the moves (沿革) of the draft.
func (p *platform) setMoves(e *core.RequestEvent) error {
	var body struct {
		Updated string          `json:"updated"`
		Moves   []standard.Move `json:"moves"`
	}
	if err := readBody(e, &body); err != nil {
		return err
	}
	const mostMoves = 2000
	if len(body.Moves) > mostMoves {
		return refused("moves", "too_many_moves", "沿革最多 2000 条")
	}
	d, err := p.directory()
	if err != nil {
		return err
	}
	for i := range body.Moves {
		m := &body.Moves[i]
		if m.Words == nil {
			m.Words = []string{}
		}
		for n := range m.Words {
			m.Words[n] = strings.TrimSpace(m.Words[n])
		}
		if _, ok := d.ByCode(m.School); m.School != "" && !ok {
			return refused(fmt.Sprintf("moves.%d.school", i), "school_unknown", "没有代码为“"+m.School+"”的学校")
		}
	}
	return p.editStandard(e, body.Updated, "set_moves", func(draft standard.Draft) (standard.Draft, map[string]any, error) {
		draft.Moves = body.Moves
		return draft, map[string]any{"moves": len(body.Moves)}, nil
	})
}
