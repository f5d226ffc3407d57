package pb_hooks

import (
	"sync"
	"time"

	"github.com/pocketbase/pocketbase/core"
)

// kept are values that many requests need and that seldom change. They are read
// again when what they were read from changes, on another day, and after a minute,
// which is for what a command writes beside the server.
type kept[T any] struct {
	mu      sync.Mutex
	values  map[string]keptValue[T]
	changes int
}

type keptValue[T any] struct {
	value T
	day   string
	until time.Time
}

const keptFor = time.Minute

// of returns the value of a key. now and day are the server's.
func (k *kept[T]) of(key string, now time.Time, day string, read func() (T, error)) (T, error) {
	k.mu.Lock()
	one, found := k.values[key]
	changes := k.changes
	k.mu.Unlock()
	if found && one.day == day && now.Before(one.until) {
		return one.value, nil
	}
	value, err := read()
	if err != nil {
		return value, err
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.changes == changes { // else what was read may be of before
		if k.values == nil {
			k.values = map[string]keptValue[T]{}
		}
		k.values[key] = keptValue[T]{value, day, now.Add(keptFor)}
	}
	return value, nil
}

// forgetOn forgets all values when a record of these collections changes.
func (k *kept[T]) forgetOn(app core.App, collections ...string) {
	forget := func(e *core.RecordEvent) error {
		k.mu.Lock()
		k.values, k.changes = nil, k.changes+1
		k.mu.Unlock()
		return e.Next()
	}
	app.OnRecordAfterCreateSuccess(collections...).BindFunc(forget)
	app.OnRecordAfterUpdateSuccess(collections...).BindFunc(forget)
	app.OnRecordAfterDeleteSuccess(collections...).BindFunc(forget)
}
