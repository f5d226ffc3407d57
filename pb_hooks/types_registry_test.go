package pb_hooks_test

import (
	"fmt"
	"reflect"
	"testing"

	"gongkai/pb_hooks"
	"gongkai/pb_hooks/registry"
	"gongkai/pb_hooks/registry/source"
)

// What the workbench knows of the register of institutions is written from the answers
// of its routes.
func TestTypeScriptRegistryIsFresh(t *testing.T) {
	b := generated()
	for _, v := range []any{pb_hooks.NamedCode{}, source.Field{}, source.Param{}, source.Auth{}, source.Paging{}, source.Since{}, source.Good{}, source.Config{}, registry.Scope{}, registry.Share{}, registry.Shares{},
		pb_hooks.RegistryRule{}, pb_hooks.RegistryCount{}, pb_hooks.RegistryRun{}, pb_hooks.RegistryRuns{}, pb_hooks.RegistrySource{}, pb_hooks.RegistrySources{}, pb_hooks.SourceChange{},
		pb_hooks.RegistryField{}, pb_hooks.RegistryCandidate{}, pb_hooks.RegistryProblem{}, pb_hooks.RegistryLine{}, pb_hooks.RegistryLines{}, pb_hooks.RegistryDecision{}, pb_hooks.RegistryDecided{},
		pb_hooks.RegistryChoice{}, pb_hooks.OfferedOnce{}, pb_hooks.RegistryOffer{}, pb_hooks.TriedSource{}, registry.Problem{}, source.SampleValue{}, source.Sample{}, source.Place{}, source.Shape{}, pb_hooks.RegistryTrial{}} {
		writeStruct(b, reflect.TypeOf(v))
	}
	fmt.Fprintln(b, "\n/** usualShares are the limits of a new source. */\nexport const usualShares: Shares = {")
	shares := reflect.ValueOf(registry.UsualShares)
	for i := range shares.NumField() {
		share := shares.Field(i).Interface().(registry.Share)
		fmt.Fprintf(b, "  %s: { most: %v, least: %d },\n", shares.Type().Field(i).Tag.Get("json"), share.Most, share.Least)
	}
	fmt.Fprintln(b, "}")
	isFresh(t, "registry.gen.ts", b)
}
