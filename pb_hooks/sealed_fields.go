package pb_hooks

import (
	"errors"
	"fmt"
	"net/http"
	"slices"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/router"

	"gongkai/pb_hooks/sealed"
)

// sealedField is a field whose values, or files, are sealed with the data key.
type sealedField struct {
	Collection, Field string
	IsFile            bool
	// Hash is the column that holds the keyed hash of a value, by which it is
	// found; Kind is how the value is normalised for it. "" is none.
	Hash string
	Kind sealed.Kind
}

// sealedFields is every field that is sealed: what is not listed here is stored
// as it is, what is listed never. A field is Hidden in its migration, a column of
// hashes has an index, and a file has a neutral name (sealUpload gives it one).
// Rotation, doctor and the guard below follow from the table.
var sealedFields = slices.Concat(sealedOfFOI, sealedOfInquiries, sealedOfOpinions, sealedOfOrders, sealedOfRegistry, sealedOfPush)

func sealedFieldsOf(collection string) (list []sealedField) {
	for _, f := range sealedFields {
		if f.Collection == collection {
			list = append(list, f)
		}
	}
	return list
}

func sealedFieldOf(collection, field string) (sealedField, error) {
	for _, f := range sealedFields {
		if f.Collection == collection && f.Field == field {
			return f, nil
		}
	}
	return sealedField{}, fmt.Errorf("%s.%s is not in the table of sealed fields", collection, field)
}

func (f sealedField) place(record string) sealed.Place {
	return sealed.Place{Collection: f.Collection, Record: record, Field: f.Field}
}

// seal sets a field of a record, and its keyed hash, from plain text. A new
// record is given its id: the value is bound to it. It fails with
// sealed.MissingKey.
func (p *platform) seal(r *core.Record, field, plain string) error {
	f, err := sealedFieldOf(r.Collection().Name, field)
	if err != nil {
		return err
	}
	if r.Id == "" {
		r.Id = core.GenerateDefaultRandomId()
	}
	values, err := f.seal(p.keyring(), r.Id, plain)
	if err != nil {
		return err
	}
	r.Load(values)
	return nil
}

// seal returns the columns of a value that belongs to a record.
func (f sealedField) seal(ring *sealed.Keyring, record, plain string) (map[string]any, error) {
	value, err := ring.Seal(plain, f.place(record))
	if err != nil {
		return nil, err
	}
	columns := map[string]any{f.Field: value}
	if f.Hash != "" {
		if columns[f.Hash], err = f.hash(ring, plain); err != nil {
			return nil, err
		}
	}
	return columns, nil
}

func (f sealedField) hash(ring *sealed.Keyring, plain string) (string, error) {
	if plain == "" {
		return "", nil
	}
	return ring.Blind(f.Kind, plain)
}

// unseal returns the plain text of a field. Who may read it, and that they did,
// is for the caller to see to. It fails with the errors of package sealed.
func (p *platform) unseal(r *core.Record, field string) (string, error) {
	f, err := sealedFieldOf(r.Collection().Name, field)
	if err != nil {
		return "", err
	}
	return p.keyring().Open(r.GetString(field), f.place(r.Id))
}

// sealedEquals is the condition that a sealed field has this value, as people
// may write it. Nothing equals an empty value. It fails with sealed.MissingKey.
func (p *platform) sealedEquals(collection, field, value string) (dbx.Expression, error) {
	f, err := sealedFieldOf(collection, field)
	if err != nil {
		return nil, err
	}
	if f.Hash == "" {
		return nil, fmt.Errorf("%s.%s has no keyed hash", collection, field)
	}
	hashes, err := p.keyring().Blinds(f.Kind, value)
	if err != nil {
		return nil, err
	}
	in := make([]any, len(hashes))
	for i, h := range hashes {
		in[i] = h
	}
	return dbx.In(collection+"."+f.Hash, in...), nil // of nothing it is 0=1
}

// keyProblem answers a request that failed for the data key or for what is
// sealed: a visitor is told another way, staff whom to ask. Other errors stay.
func keyProblem(err error) error {
	var missing sealed.MissingKey
	var coded interface{ Code() string }
	switch {
	case errors.As(err, &missing) && missing.Needed == "":
		return router.NewApiError(http.StatusServiceUnavailable, "平台暂时不能在线接收个人信息，请当面、邮寄或打电话提出。", nil)
	case errors.As(err, &missing), errors.As(err, &sealed.WrongKey{}), errors.As(err, &sealed.Tampered{}), errors.As(err, &sealed.NotSealed{}):
		errors.As(err, &coded)
		return router.NewApiError(http.StatusInternalServerError, "加密保存的个人信息解不开，请告诉信息中心（"+coded.Code()+"）。", nil)
	}
	return err
}

// bindSealed holds whatever writes a record to the table: nothing is stored that
// is not sealed, or that belongs to another record, and what is saved again is
// sealed with the current key.
func bindSealed(app core.App, p *platform) {
	app.OnRecordCreateExecute().BindFunc(p.guardSealed)
	app.OnRecordUpdateExecute().BindFunc(p.guardSealed)
}

func (p *platform) guardSealed(e *core.RecordEvent) error {
	for _, f := range sealedFieldsOf(e.Record.Collection().Name) {
		guard := p.guardValue
		if f.IsFile {
			guard = p.guardFiles
		}
		if err := guard(e.Record, f); err != nil {
			return refused(f.Field, "sealed_malformed", "这一项必须加密保存，不能直接写入")
		}
	}
	return e.Next()
}

func (p *platform) guardValue(r *core.Record, f sealedField) error {
	value, ring := r.GetString(f.Field), p.keyring()
	changed := value != r.Original().GetString(f.Field) || f.Hash != "" && r.GetString(f.Hash) != r.Original().GetString(f.Hash)
	if !changed && !ring.NeedsRotation(value) {
		return nil
	}
	plain, err := ring.Open(value, f.place(r.Id))
	switch {
	case err != nil && !changed:
		return nil // it was stored like this; gongkai key rotate reports it
	case err != nil:
		return err
	case ring.NeedsRotation(value):
		columns, err := f.seal(ring, r.Id, plain)
		if err == nil {
			r.Load(columns)
		}
		return err
	case f.Hash != "":
		hash, err := f.hash(ring, plain)
		if err == nil {
			r.Set(f.Hash, hash)
		}
		return err
	}
	return nil
}
