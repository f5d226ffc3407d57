package main

import (
	"errors"
	"fmt"
	"log"
	"os"
	"runtime"
	"runtime/debug"
	"strings"

	"github.com/pocketbase/pocketbase"
	"github.com/pocketbase/pocketbase/cmd"
	"github.com/pocketbase/pocketbase/plugins/migratecmd"
	"github.com/spf13/cobra"

	"gongkai/pb_hooks"
	_ "gongkai/pb_migrations"
)

// memoryLimit is where the garbage collector begins to work harder; it leaves
// room for the database's own memory on a small server.
const memoryLimit = 120 << 20

func main() {
	// not pocketbase.New: it turns dev mode on for any binary in the temp folder
	if os.Getenv("GOMEMLIMIT") == "" {
		debug.SetMemoryLimit(memoryLimit)
	}
	// few connections that stay open: each has its own page cache and prepared
	// statements, and more of them than this only wait for the same cores
	readers := 4 * runtime.NumCPU()
	app := pocketbase.NewWithConfig(pocketbase.Config{DefaultEncryptionEnv: "GONGKAI_KEY", DBConnect: pb_hooks.ConnectDB,
		DataMaxOpenConns: readers, DataMaxIdleConns: readers})
	migratecmd.MustRegister(app, app.RootCmd, migratecmd.Config{Dir: "pb_migrations"})
	pb_hooks.Register(app, pb_hooks.Options{UI: uiFS()})
	app.RootCmd.AddCommand(pb_hooks.Commands(app)...)
	app.RootCmd.AddCommand(cmd.NewSuperuserCommand(app), cmd.NewServeCommand(app, true))
	app.RootCmd.SetErr(os.Stderr) // PocketBase paints errors red, on standard output
	app.RootCmd.Args = cobra.ArbitraryArgs
	app.RootCmd.RunE = func(c *cobra.Command, args []string) error {
		if len(args) > 0 {
			return fmt.Errorf("没有命令 %q，可用的命令见 gongkai --help", args[0])
		}
		return c.Help()
	}
	var failed error
	keepError(app.RootCmd, &failed)
	execute := app.Execute
	if c, _, err := app.RootCmd.Find(os.Args[1:]); err == nil {
		if _, ok := c.Annotations[pb_hooks.NeedsNoData]; ok {
			execute = func() error { // PocketBase's makes a data folder first
				_ = app.RootCmd.Execute() // printed, and kept by keepError
				return nil
			}
		}
	}
	if err := execute(); err != nil {
		log.Fatal(begun(err))
	}
	if failed != nil {
		os.Exit(exitCode(failed))
	}
}

// begun is why a command did not begin, with what to do where PocketBase says it
// for programmers: the settings are encrypted, and the key is not this one.
func begun(err error) error {
	if strings.Contains(err.Error(), "encryption key") {
		return errors.New("设置用 GONGKAI_KEY 加密，环境变量里没有这把密钥，或者不是这一把。" +
			"请带上服务的环境变量执行：sudo -u gongkai env $(sudo cat /etc/gongkai/key.env) gongkai …")
	}
	return err
}

// exitCode is 1, or what the error says: a service manager must not start again
// what will not start.
func exitCode(err error) int {
	var coded interface{ ExitCode() int }
	if errors.As(err, &coded) {
		return coded.ExitCode()
	}
	return 1
}

// keepError remembers what a command returns: PocketBase's Execute drops it, and
// a script must see from the exit code that something failed.
func keepError(c *cobra.Command, failed *error) {
	keep := func(run func(*cobra.Command, []string) error) func(*cobra.Command, []string) error {
		return func(c *cobra.Command, args []string) error {
			err := run(c, args)
			if err != nil {
				*failed = err
			}
			return err
		}
	}
	if c.RunE != nil {
		c.RunE = keep(c.RunE)
	}
	if c.Args != nil {
		c.Args = keep(c.Args)
	}
	c.SetFlagErrorFunc(func(_ *cobra.Command, err error) error {
		*failed = err
		return err
	})
	for _, sub := range c.Commands() {
		keepError(sub, failed)
	}
}
