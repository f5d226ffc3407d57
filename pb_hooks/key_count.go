package pb_hooks

import (
	"context"
	"errors"
	"maps"
	"slices"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/filesystem"
	"github.com/pocketbase/pocketbase/tools/list"

	"gongkai/pb_hooks/sealed"
)

// sealedCount is how many values or files of a field are sealed with a key. Of
// the key "" they are not sealed at all.
type sealedCount struct {
	Field sealedField
	Key   string
	Count int
}

// countSealed looks at every value of these fields, and at the beginning of every
// file. It opens none and needs no key.
func countSealed(ctx context.Context, app core.App, fields []sealedField) (counts []sealedCount, err error) {
	for _, f := range fields {
		if !app.HasTable(f.Collection) {
			continue // before the migration
		}
		count := countValues
		if f.IsFile {
			count = countFiles
		}
		keys, err := count(ctx, app, f)
		if err != nil {
			return nil, err
		}
		for _, k := range slices.Sorted(maps.Keys(keys)) {
			counts = append(counts, sealedCount{f, k, keys[k]})
		}
	}
	return counts, nil
}

func countValues(ctx context.Context, app core.App, f sealedField) (map[string]int, error) {
	var rows []struct {
		Key   string `db:"key"`
		Count int    `db:"count"`
	}
	// the form of package sealed: s1.<id>.…
	err := app.DB().NewQuery("SELECT CASE WHEN [[" + f.Field + "]] GLOB 's1.????????.?*' THEN substr([[" + f.Field + "]], 4, 8) ELSE '' END AS [[key]], count(*) AS [[count]] " +
		"FROM {{" + f.Collection + "}} WHERE [[" + f.Field + "]] != '' GROUP BY 1").WithContext(ctx).All(&rows)
	keys := map[string]int{}
	for _, r := range rows {
		keys[r.Key] = r.Count
	}
	return keys, err
}

func countFiles(ctx context.Context, app core.App, f sealedField) (map[string]int, error) {
	keys := map[string]int{}
	err := eachFile(ctx, app, f, func(files *filesystem.System, stored sealedFile) error {
		id, err := stored.keyID(files)
		if err == nil {
			keys[id]++
		}
		return err
	})
	return keys, err
}

// sealedFile is a file of a sealed field.
type sealedFile struct {
	field        sealedField
	record, name string
	path         string
}

// keyID is the id of the key that a file is sealed with, "" if it is not sealed.
func (s sealedFile) keyID(files *filesystem.System) (string, error) {
	r, err := files.GetReader(s.path)
	if err != nil {
		return "", err
	}
	defer r.Close()
	id, err := sealed.FileKeyID(r, s.field.filePlace(s.record, s.name))
	if errors.As(err, &sealed.NotSealed{}) {
		return "", nil
	}
	return id, err
}

// eachFile goes through the files of a field in the order of their records,
// outside of any transaction: a record may be gone when its turn comes.
func eachFile(ctx context.Context, app core.App, f sealedField, do func(*filesystem.System, sealedFile) error) error {
	c, err := app.FindCachedCollectionByNameOrId(f.Collection)
	if err != nil {
		return err
	}
	files, err := app.NewFilesystem()
	if err != nil {
		return err
	}
	defer files.Close()
	files.SetContext(ctx)
	for after := ""; ; {
		var rows []struct {
			ID    string `db:"id"`
			Names string `db:"names"`
		}
		err := app.DB().Select("id", f.Field+" AS names").From(f.Collection).Where(dbx.NewExp("[[id]] > {:after}", dbx.Params{"after": after})).
			AndWhere(dbx.NewExp("[[" + f.Field + "]] NOT IN ('', '[]')")).OrderBy("id").Limit(rotateBatch).WithContext(ctx).All(&rows)
		if err != nil || len(rows) == 0 {
			return err
		}
		for _, r := range rows {
			after = r.ID
			for _, name := range list.ToUniqueStringSlice(r.Names) {
				if err := ctx.Err(); err != nil {
					return err
				}
				err := do(files, sealedFile{f, r.ID, name, c.BaseFilesPath() + "/" + r.ID + "/" + name})
				if errors.Is(err, filesystem.ErrNotFound) {
					continue
				}
				if err != nil {
					return err
				}
			}
		}
	}
}
