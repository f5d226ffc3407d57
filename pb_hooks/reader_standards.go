package pb_hooks

import (
	"context"
	"encoding/base64"
	"slices"
	"strings"

	"gongkai/pb_hooks/records"
	"gongkai/pb_hooks/site"
	"gongkai/pb_hooks/standard"
)

// rolledOut is a version of the standard that was rolled out, with its columns and moves.
type rolledOut struct {
	standard.Version
	columns []standard.Column
	moves   []standard.Move
}

// versionsOf are the versions that were rolled out, the newest first.
func versionsOf(d *records.Directory) (list []rolledOut) {
	for i, past := range d.Past {
		list = append(list, rolledOut{past.Version, past.Columns, d.Moves[i]})
	}
	list = append(list, rolledOut{d.Standard, d.Nodes, d.Moves[len(d.Moves)-1]})
	slices.Reverse(list)
	return list
}

func (v rolledOut) view(d *records.Directory) site.StandardItem {
	return site.StandardItem{Version: v.Number, Name: v.Name, EffectiveOn: v.EffectiveOn, AppliedOn: v.AppliedOn, InForce: v.ID == d.Standard.ID,
		Columns: len(leavesOf(v.columns))}
}

// Standards implements site.Reader.
func (r reader) Standards(_ context.Context, cursor string, limit int) (v site.StandardList, err error) {
	d, err := r.p.directory()
	if err != nil {
		return v, err
	}
	for _, one := range versionsOf(d) {
		v.Items = append(v.Items, one.view(d))
	}
	v.Items, v.Next, err = pageOf(v.Items, "standards", cursor, limit, func(s site.StandardItem) string { return s.Version })
	return v, err
}

// StandardVersion implements site.Reader.
func (r reader) StandardVersion(_ context.Context, number string) (site.StandardVersion, error) {
	d, err := r.p.directory()
	if err != nil {
		return site.StandardVersion{}, err
	}
	for _, one := range versionsOf(d) {
		if one.Number != number {
			continue
		}
		v := site.StandardVersion{StandardItem: one.view(d), Moves: []site.ColumnMove{},
			Groups: groupsUnder(func(code string) (standard.Column, bool) { return standard.Find(one.columns, code) }, leavesOf(one.columns), nil)}
		for _, m := range one.moves {
			v.Moves = append(v.Moves, site.ColumnMove(m))
		}
		return v, nil
	}
	return site.StandardVersion{}, site.ErrNotFound
}

// standardVersions are all versions whole.
func (r reader) standardVersions(ctx context.Context) (v site.StandardVersions, err error) {
	d, err := r.p.directory()
	if err != nil {
		return v, err
	}
	for _, one := range versionsOf(d) {
		whole, err := r.StandardVersion(ctx, one.Number)
		if err != nil {
			return v, err
		}
		v.Items = append(v.Items, whole)
	}
	return v, nil
}

// pageOf cuts a page out of a list that is in memory: what follows the item with
// the cursor's key.
func pageOf[T any](all []T, name, cursor string, limit int, key func(T) string) (page []T, next string, err error) {
	if cursor != "" {
		raw, err := base64.RawURLEncoding.DecodeString(cursor)
		last, ok := strings.CutPrefix(string(raw), name+"|")
		at := slices.IndexFunc(all, func(v T) bool { return key(v) == last })
		if err != nil || !ok || at < 0 {
			return nil, "", site.ErrCursor
		}
		all = all[at+1:]
	}
	if limit == 0 || len(all) <= limit {
		return all, "", nil
	}
	page = all[:limit]
	return page, base64.RawURLEncoding.EncodeToString([]byte(name + "|" + key(page[limit-1]))), nil
}
