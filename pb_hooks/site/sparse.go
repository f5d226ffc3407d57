package site

import (
	"bytes"
	"encoding/json"
	"net/url"
	"reflect"
	"slices"
	"strings"
)

// fieldsOf reads which fields of each item are wanted (sparse fields); nil is all.
func fieldsOf(q url.Values, kind, form string) ([]string, error) {
	raw := text(q, "fields")
	if raw == "" {
		return nil, nil
	}
	if _, isList := listQueries[kind]; !isList {
		return nil, badQuery{"fields", "只有列表可以选择字段"}
	}
	if form == formCSV {
		return nil, badQuery{"fields", "CSV 总是给出全部列"}
	}
	var names []string
	for name := range strings.SplitSeq(raw, ",") {
		if name = strings.TrimSpace(name); name != "" && !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return names, nil
}

// encodeSparse writes a list whose items have only some of their fields, in the
// order of the whole item. A field that items do not have is refused.
func encodeSparse(view any, fields []string) ([]byte, error) {
	list := listed(reflect.ValueOf(view))
	known := jsonFields(list.FieldByName("Items").Type().Elem())
	var wanted []reflect.StructField
	for _, f := range known {
		if slices.Contains(fields, f.Tag.Get("json")) {
			wanted = append(wanted, f)
		}
	}
	if len(wanted) < len(fields) {
		return nil, unknownField(fields, known)
	}
	var b bytes.Buffer
	for i, f := range jsonFields(list.Type()) {
		b.WriteString(separator(i, '{'))
		if f.Name == "Items" {
			b.WriteString(`"items":[`)
			if err := writeSparse(&b, list.FieldByIndex(f.Index), wanted); err != nil {
				return nil, err
			}
			b.WriteByte(']')
			continue
		}
		if err := writeField(&b, list, f); err != nil {
			return nil, err
		}
	}
	b.WriteByte('}')
	return b.Bytes(), nil
}

func writeSparse(b *bytes.Buffer, items reflect.Value, wanted []reflect.StructField) error {
	for i := range items.Len() {
		if i > 0 {
			b.WriteByte(',')
		}
		for j, f := range wanted {
			b.WriteString(separator(j, '{'))
			if err := writeField(b, items.Index(i), f); err != nil {
				return err
			}
		}
		b.WriteByte('}')
	}
	return nil
}

func separator(i int, first byte) string {
	if i == 0 {
		return string(first)
	}
	return ","
}

func writeField(b *bytes.Buffer, of reflect.Value, f reflect.StructField) error {
	value, err := json.Marshal(of.FieldByIndex(f.Index).Interface())
	if err != nil {
		return err
	}
	b.WriteString(`"` + f.Tag.Get("json") + `":`)
	b.Write(value)
	return nil
}

// jsonFields are the fields of a view as JSON has them, those of embedded ones too.
func jsonFields(t reflect.Type) (list []reflect.StructField) {
	for _, f := range reflect.VisibleFields(t) {
		if name := f.Tag.Get("json"); !f.Anonymous && name != "" && name != "-" {
			list = append(list, f)
		}
	}
	return list
}

func unknownField(fields []string, known []reflect.StructField) error {
	names := make([]string, len(known))
	for i, f := range known {
		names[i] = f.Tag.Get("json")
	}
	at := slices.IndexFunc(fields, func(name string) bool { return !slices.Contains(names, name) })
	return badQuery{"fields", "没有字段 " + firstRunes(fields[at], 40) + "，可以取的有：" + strings.Join(names, "、")}
}
