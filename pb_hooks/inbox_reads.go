package pb_hooks

import (
	"fmt"
	"slices"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// readOnce answers a read that was asked before from memory. What a person may
// do is asked of every article in an inbox, by the same code as on the page of
// one article, and the answers hang on the same few people and stand-ins: this
// keeps the number of queries apart from the number of articles. It lives as
// long as one inbox is drawn and is for one goroutine.
type readOnce struct {
	core.App
	lists map[string][]*core.Record
	ones  map[string]*core.Record
}

func newReadOnce(app core.App) *readOnce {
	return &readOnce{App: app, lists: map[string][]*core.Record{}, ones: map[string]*core.Record{}}
}

// FindRecordsByFilter remembers lists. Callers may shorten theirs.
func (r *readOnce) FindRecordsByFilter(collection any, filter, sort string, limit, offset int, params ...dbx.Params) ([]*core.Record, error) {
	key := fmt.Sprint(collection, filter, sort, limit, offset, params)
	list, known := r.lists[key]
	if !known {
		var err error
		if list, err = r.App.FindRecordsByFilter(collection, filter, sort, limit, offset, params...); err != nil {
			return nil, err
		}
		r.lists[key] = list
	}
	return slices.Clone(list), nil
}

// FindAllRecords remembers whole collections, e.g. the years of the calendar.
func (r *readOnce) FindAllRecords(collection any, where ...dbx.Expression) ([]*core.Record, error) {
	if len(where) > 0 {
		return r.App.FindAllRecords(collection, where...)
	}
	key := fmt.Sprint(collection)
	list, known := r.lists[key]
	if !known {
		var err error
		if list, err = r.App.FindAllRecords(collection); err != nil {
			return nil, err
		}
		r.lists[key] = list
	}
	return slices.Clone(list), nil
}

// FindRecordById remembers records.
func (r *readOnce) FindRecordById(collection any, id string, narrow ...func(*dbx.SelectQuery) error) (*core.Record, error) {
	if len(narrow) > 0 {
		return r.App.FindRecordById(collection, id, narrow...)
	}
	key := fmt.Sprint(collection, "/", id)
	if one, known := r.ones[key]; known {
		return one, nil
	}
	one, err := r.App.FindRecordById(collection, id)
	if err == nil {
		r.ones[key] = one
	}
	return one, err
}

// remember keeps a record that was read another way.
func (r *readOnce) remember(collection string, one *core.Record) {
	r.ones[fmt.Sprint(collection, "/", one.Id)] = one
}
