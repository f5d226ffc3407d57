package pb_hooks

import (
	"fmt"
	"net/http"
	"time"

	"github.com/spf13/cobra"
)

// healthCommand is `gongkai health`: it asks a running server on this machine
// whether it answers, for container health checks and monitoring scripts.
func healthCommand() *cobra.Command {
	var address string
	cmd := &cobra.Command{
		Use: "health", Short: "检查本机服务是否正常应答（正常时退出码为 0）", Args: cobra.NoArgs, SilenceUsage: true,
		RunE: func(cmd *cobra.Command, _ []string) error {
			client := http.Client{Timeout: 4 * time.Second}
			res, err := client.Get("http://" + address + "/healthz")
			if err != nil {
				return fmt.Errorf("服务没有应答：%w", err)
			}
			defer res.Body.Close()
			if res.StatusCode != http.StatusOK {
				return fmt.Errorf("服务应答异常：%s", res.Status)
			}
			cmd.Println("正常")
			return nil
		},
	}
	cmd.Flags().StringVar(&address, "address", "127.0.0.1:8090", "服务的地址和端口")
	return cmd
}
