package main

import (
	"log"
	_ "time/tzdata"

	"github.com/pocketbase/pocketbase"
	"github.com/pocketbase/pocketbase/plugins/migratecmd"

	"gongkai/pb_hooks"
	_ "gongkai/pb_migrations"
)

func main() {
	// not pocketbase.New: it turns dev mode on for any binary in the temp folder
	app := pocketbase.NewWithConfig(pocketbase.Config{DefaultEncryptionEnv: "GONGKAI_KEY", DBConnect: pb_hooks.ConnectDB})
	migratecmd.MustRegister(app, app.RootCmd, migratecmd.Config{Dir: "pb_migrations"})
	pb_hooks.Register(app, pb_hooks.Options{UI: uiFS()})
	app.RootCmd.AddCommand(pb_hooks.Commands(app)...)
	if err := app.Start(); err != nil {
		log.Fatal(err)
	}
}
