package pb_migrations

import (
	"github.com/pocketbase/pocketbase/core"
	m "github.com/pocketbase/pocketbase/migrations"
)

// The appliance is safe before anybody has opened the dashboard: the dashboard
// answers to the machine itself and private networks only, doors are rate
// limited, and a backup is made every night.
func init() {
	m.Register(func(app core.App) error {
		s := app.Settings()
		s.Meta.AppName = "gongkai"
		s.Meta.AppURL = "http://127.0.0.1:8090"
		s.Meta.SenderName = "信息公开与办事服务平台"
		s.SuperuserIPs = []string{"127.0.0.1", "::1", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7"}
		s.RateLimits.Enabled = true
		s.RateLimits.Rules = []core.RateLimitRule{
			// per address; a whole district may sit behind one, and accounts lock by themselves
			{Label: "*:auth", MaxRequests: 60, Duration: 60},
			{Label: "*:create", MaxRequests: 600, Duration: 60},
			{Label: "/api/", MaxRequests: 6000, Duration: 60},
		}
		s.Backups.Cron = "0 2 * * *"
		s.Backups.CronMaxKeep = 14
		s.Logs.MaxDays = 180 // 网络安全法: logs are kept for six months at least
		s.Batch.Enabled = false
		return app.Save(s)
	}, nil)
}
