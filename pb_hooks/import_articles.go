package pb_hooks

import (
	"github.com/pocketbase/pocketbase/core"
	"github.com/spf13/cobra"
)

func articlesCommand(app core.App) *cobra.Command {
	return &cobra.Command{Use: "articles"}
}
