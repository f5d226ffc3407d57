package pdf

import (
	"context"
	_ "embed"
	"fmt"
	"os"
	"path/filepath"
	"runtime"

	"github.com/klauspost/compress/zstd"
	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"
	"github.com/tetratelabs/wazero/experimental"
	"github.com/tetratelabs/wazero/imports/wasi_snapshot_preview1"
)

// pdfium is PDFium for WebAssembly: see pdfium/README.md.
//
//go:embed pdfium/pdfium.wasm.zst
var pdfium []byte

// How much memory PDFium has: a file of 20 MB and what it makes of it. What is
// drawn holds pictures, unpacked: a page scanned in colour at 600 dpi is 104 MB.
const (
	readingMemory = 128 << 20
	drawingMemory = 320 << 20
)

// engine is a running PDFium. It sees neither files nor the network: of what it
// may ask of its host there is only a clock.
type engine struct {
	ctx   context.Context
	mod   api.Module
	known map[string]api.Function
	stack [10]uint64
	out   uint32 // where results are put, 64 bytes
}

// cacheFolder is where compiled code is kept, or "" if there is none: then every
// file waits until it is compiled.
func cacheFolder() string {
	dir, err := os.UserCacheDir()
	if err != nil {
		dir = os.TempDir()
	}
	dir = filepath.Join(dir, fmt.Sprintf("gongkai-pdfium-%d", os.Getuid()))
	if os.MkdirAll(dir, 0o700) != nil {
		return ""
	}
	// what is in it runs: a folder that others may write to is not ours
	if at, err := os.Lstat(dir); err != nil || !at.IsDir() || at.Mode().Perm() != 0o700 {
		return ""
	}
	return dir
}

// start compiles PDFium or takes it from the cache. It has this much memory, in
// bytes.
func start(cache string, size uint32) (*engine, error) {
	unpacker, err := zstd.NewReader(nil)
	if err != nil {
		return nil, err
	}
	code, err := unpacker.DecodeAll(pdfium, nil)
	if err != nil {
		return nil, err
	}
	config := wazero.NewRuntimeConfig().WithMemoryLimitPages(size >> 16).
		WithCoreFeatures(api.CoreFeaturesV2 | experimental.CoreFeaturesExceptionHandling)
	if cache != "" {
		if kept, err := wazero.NewCompilationCacheWithDir(cache); err == nil {
			config = config.WithCompilationCache(kept)
		}
	}
	ctx := experimental.WithCompilationWorkers(context.Background(), runtime.NumCPU())
	r := wazero.NewRuntimeWithConfig(ctx, config)
	compiled, err := r.CompileModule(ctx, code)
	if err != nil {
		return nil, err
	}
	if _, err := wasi_snapshot_preview1.Instantiate(ctx, r); err != nil {
		return nil, err
	}
	if err := callbacks(ctx, r, compiled); err != nil {
		return nil, err
	}
	whole := experimental.MemoryAllocatorFunc(func(_, most uint64) experimental.LinearMemory { return memory(make([]byte, 0, most)) })
	mod, err := r.InstantiateModule(experimental.WithMemoryAllocator(ctx, whole), compiled, wazero.NewModuleConfig().WithStartFunctions("_initialize"))
	if err != nil {
		return nil, err
	}
	e := &engine{ctx: context.Background(), mod: mod, known: map[string]api.Function{}}
	if err := e.try(func() {
		e.call("FPDF_InitLibrary")
		e.out = e.alloc(64)
	}); err != nil {
		return nil, err
	}
	return e, nil
}

// callbacks gives PDFium the functions it may call for forms, timers and
// downloads: none does anything.
func callbacks(ctx context.Context, r wazero.Runtime, m wazero.CompiledModule) error {
	b := r.NewHostModuleBuilder("env")
	for _, f := range m.ImportedFunctions() {
		if module, name, _ := f.Import(); module == "env" {
			nothing := api.GoModuleFunc(func(_ context.Context, _ api.Module, stack []uint64) {
				if len(stack) > 0 {
					stack[0] = 0
				}
			})
			b.NewFunctionBuilder().WithGoModuleFunction(nothing, f.ParamTypes(), f.ResultTypes()).Export(name)
		}
	}
	_, err := b.Instantiate(ctx)
	return err
}

// memory is the engine's, in one piece from the start so that growing copies
// nothing; what is not used is not taken from the machine.
type memory []byte

func (m memory) Reallocate(size uint64) []byte {
	if size > uint64(cap(m)) {
		return nil
	}
	return m[:size]
}

func (m memory) Free() {}

// trap is what stops the engine: its memory is at an end, or PDFium failed.
type trap struct{ err error }

// try runs what calls the engine and returns what stopped it.
func (e *engine) try(f func()) (err error) {
	defer func() {
		switch p := recover().(type) {
		case nil:
		case trap:
			err = p.err
		default:
			panic(p)
		}
	}()
	f()
	return nil
}

func (e *engine) function(name string) api.Function {
	f := e.known[name]
	if f == nil {
		if f = e.mod.ExportedFunction(name); f == nil {
			panic(trap{fmt.Errorf("pdfium has no %s", name)})
		}
		e.known[name] = f
	}
	return f
}

// call calls a function of PDFium and returns its result, or the bits of a float.
func (e *engine) call(name string, args ...uint32) uint32 { return uint32(e.call64(name, args...)) }

func (e *engine) call64(name string, args ...uint32) uint64 {
	for i, a := range args {
		e.stack[i] = uint64(a)
	}
	return e.run(name)
}

// run calls a function with what stands in the stack.
func (e *engine) run(name string) uint64 {
	if err := e.function(name).CallWithStack(e.ctx, e.stack[:]); err != nil {
		panic(trap{err})
	}
	return e.stack[0]
}

func (e *engine) alloc(n uint32) uint32 {
	p := e.call("malloc", n)
	if p == 0 {
		panic(trap{ErrLimit})
	}
	return p
}

// bytes is a part of the engine's memory itself, which never moves.
func (e *engine) bytes(at, n uint32) []byte {
	b, ok := e.mod.Memory().Read(at, n)
	if !ok {
		panic(trap{ErrBroken})
	}
	return b
}

// name puts a key into the engine's memory.
func (e *engine) name(s string) uint32 {
	p := e.alloc(uint32(len(s) + 1))
	copy(e.bytes(p, uint32(len(s)+1)), s+"\x00")
	return p
}
