package pb_hooks

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"path/filepath"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/records"
	"gongkai/pb_hooks/registry"
	"gongkai/pb_hooks/registry/source"
)

// registryMemory is what a good run leaves for the next one.
type registryMemory struct {
	State   source.State   `json:"state"`
	Shape   source.Shape   `json:"shape"`
	Missing map[string]int `json:"missing"` // by school: whole answers in a row without it
	WholeAt time.Time      `json:"whole_at"`
}

// readAnew is how long a source that tells only what changed is trusted to have told
// all: then it is read whole again, so that a school that is gone is missed.
const readAnew = 7 * 24 * time.Hour

// registryReading is what a run read, and what it would do.
type registryReading struct {
	Answer source.Answer
	Set    registry.Set
	Shape  string // which fields of the source are gone; "" is none
	Memory registryMemory
}

// readRun reads the source of a run. It fails with runFault for what is the source's.
// It writes nothing.
func (p *platform) readRun(ctx context.Context, app core.App, run *core.Record, tell func(step string, rows, pages int)) (registryReading, error) {
	src, err := app.FindRecordById(records.RegistrySources, run.GetString("source"))
	if err != nil {
		return registryReading{}, err
	}
	memory, err := memoryOf(src)
	if err != nil {
		return registryReading{}, err
	}
	answer, err := p.readSource(ctx, app, src, run, memory, tell)
	var fault source.Fault
	if errors.As(err, &fault) {
		if fault.Cause != nil {
			p.app.Logger().Warn("read the list of schools", "source", src.GetString("name"), "code", string(fault.Code), "cause", fault.Cause.Error())
		}
		return registryReading{}, runFault{string(fault.Code), fault.Sentence}
	}
	if err != nil {
		return registryReading{}, err
	}
	read := registryReading{Answer: answer, Memory: memory}
	read.Memory.State = answer.State
	return read, nil
}

// compareRead compares what was read for a run with the schools as they are now. It
// writes nothing.
func (p *platform) compareRead(app core.App, run *core.Record, read *registryReading) error {
	answer := read.Answer
	if answer.Unchanged {
		return nil
	}
	src, err := app.FindRecordById(records.RegistrySources, run.GetString("source"))
	if err != nil {
		return err
	}
	if read.Set, err = p.compareRows(app, src, answer.Rows, answer.Partial, read.Memory.Missing); err != nil {
		return err
	}
	if !answer.Partial {
		for _, change := range source.CompareShapes(read.Memory.Shape, answer.Shape) {
			read.Shape += change.Sentence + "。"
		}
		read.Memory.Shape, read.Memory.WholeAt, read.Memory.Missing = answer.Shape, p.options.Now().UTC(), read.Set.Missing
	}
	return nil
}

// readSource reads what was sent along with a run, else the source.
func (p *platform) readSource(ctx context.Context, app core.App, src, run *core.Record, memory registryMemory, tell func(step string, rows, pages int)) (source.Answer, error) {
	config, err := sourceConfig(src)
	if err != nil {
		return source.Answer{}, err
	}
	limits := p.registryLimits(src)
	limits.Progress = func(pages, rows int) { tell("reading", rows, pages) }
	if run.GetString("file") != "" {
		data, err := storedBytes(app, run, "file")
		if err != nil {
			return source.Answer{}, err
		}
		return source.ReadFile(ctx, config, run.GetString("file_name"), data, limits)
	}
	secrets, err := p.sourceSecrets(src)
	if err != nil {
		return source.Answer{}, runFault{"key", "保存的密码解不开，请告诉信息中心检查数据密钥，或在来源设置里重新填写密码。"}
	}
	state := memory.State
	if p.options.Now().Sub(memory.WholeAt) > readAnew {
		state = source.State{}
	}
	return source.Read(ctx, config, secrets, state, limits)
}

// registryLimits are what a source is allowed. Folders of files lie below "registry"
// in the data directory.
func (p *platform) registryLimits(src *core.Record) source.Limits {
	limits := p.options.Registry
	limits.Private = src.GetBool("private_allowed")
	limits.Folder = p.registryFolder()
	return limits
}

func (p *platform) registryFolder() string { return filepath.Join(p.app.DataDir(), "registry") }

// compareRows compares what a source says with the schools as they are now, with all
// that people decided about it before.
func (p *platform) compareRows(app core.App, src *core.Record, rows []registry.Row, partial bool, missing map[string]int) (registry.Set, error) {
	stored, err := storedSchools(app)
	if err != nil {
		return registry.Set{}, err
	}
	district, err := app.FindRecordById(records.Districts, records.DistrictID)
	if err != nil {
		return registry.Set{}, fmt.Errorf("read the district: %w", err)
	}
	config, err := sourceConfig(src)
	if err != nil {
		return registry.Set{}, err
	}
	o := registry.Options{Scope: config.Scope, Partial: partial, Missing: missing, Shares: registry.UsualShares}
	if raw := src.GetString("shares"); raw != "" && raw != "null" {
		if err := src.UnmarshalJSONField("shares", &o.Shares); err != nil {
			return registry.Set{}, err
		}
	}
	if o.Corrections, err = correctionsInForce(app); err != nil {
		return registry.Set{}, err
	}
	choices, err := app.FindAllRecords(records.RegistryChoices, dbx.HashExp{"source": src.Id})
	if err != nil {
		return registry.Set{}, err
	}
	unwanted := map[string]string{}
	for _, c := range choices {
		switch key, choice := c.GetString("key"), c.GetString("choice"); choice {
		case "same", "new":
			o.Decisions = append(o.Decisions, registry.Decision{Row: key, School: c.GetString("school")})
		default:
			unwanted[key] = choice
		}
	}
	set := registry.Compare(stored, rows, registry.District{Code: district.GetString("code"), Name: district.GetString("name")}, o)
	kept := set.Lines[:0]
	for _, line := range set.Lines {
		if unwanted[line.Key] != "refused" && (line.RowKey == "" || unwanted[line.RowKey] != "ignore") {
			kept = append(kept, line)
		}
	}
	set.Lines = kept
	return set, nil
}

// correctionsInForce are the local corrections (本地更正) as the comparison takes them.
func correctionsInForce(app core.App) (list []registry.Correction, err error) {
	active, err := activeCorrections(app)
	for school, fields := range active {
		for field, r := range fields {
			list = append(list, registry.Correction{School: school, Field: field, Value: r.GetString("value"), Was: r.GetString("was"), At: dayOf(r.GetDateTime("at").Time())})
		}
	}
	return list, err
}

func memoryOf(r *core.Record) (m registryMemory, err error) {
	if raw := r.GetString("memory"); raw == "" || raw == "null" {
		return m, nil
	}
	return m, r.UnmarshalJSONField("memory", &m)
}

func sourceConfig(src *core.Record) (c source.Config, err error) {
	return c, src.UnmarshalJSONField("config", &c)
}

// sourceSecrets opens what a source lets us in with.
func (p *platform) sourceSecrets(src *core.Record) (secrets source.Secrets, err error) {
	if src.GetString("secrets") == "" {
		return secrets, nil
	}
	plain, err := p.unseal(src, "secrets")
	return source.Secrets{Secret: plain}, err
}

// storedBytes reads a file of a record; it is 20 MB at most.
func storedBytes(app core.App, r *core.Record, field string) (data []byte, err error) {
	files, err := app.NewFilesystem()
	if err != nil {
		return nil, fmt.Errorf("open the file storage: %w", err)
	}
	defer func() { err = errors.Join(err, files.Close()) }()
	return readStored(files, r.BaseFilesPath()+"/"+r.GetString(field))
}

// packRows and unpackRows keep the rows of an answer with their run.
func packRows(rows []registry.Row) ([]byte, error) {
	var packed bytes.Buffer
	w := gzip.NewWriter(&packed)
	if err := errors.Join(json.NewEncoder(w).Encode(rows), w.Close()); err != nil {
		return nil, fmt.Errorf("pack the rows: %w", err)
	}
	return packed.Bytes(), nil
}

func unpackRows(packed []byte) (rows []registry.Row, err error) {
	r, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		return nil, fmt.Errorf("unpack the rows: %w", err)
	}
	return rows, json.NewDecoder(r).Decode(&rows)
}
