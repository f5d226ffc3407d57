package pb_hooks

import (
	"context"

	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/workday"
)

var shanghai = workday.Shanghai

// whileServing runs work beside a server, and waits for its end before what is
// bound later is closed.
func whileServing(app core.App, work func(context.Context)) {
	stop := func() {}
	app.OnServe().BindFunc(func(se *core.ServeEvent) error {
		if err := se.Next(); err != nil || se.Server == nil {
			return err
		}
		ctx, cancel := context.WithCancel(context.Background())
		se.Server.RegisterOnShutdown(cancel)
		ended := make(chan struct{})
		go func() {
			defer close(ended)
			work(ctx)
		}()
		stop = func() {
			cancel()
			<-ended
		}
		return nil
	})
	app.OnTerminate().BindFunc(func(e *core.TerminateEvent) error {
		stop()
		return e.Next()
	})
}

// bindJobs is the cron table. Times are the district's.
func bindJobs(app core.App, p *platform) {
	app.Cron().SetTimezone(shanghai)
	// a new day: another standard may be in force, and counts of the last 30 days move
	app.Cron().MustAdd("new-day", "0 0 * * *", func() {
		p.refresh()
		p.followStandards()
		p.changeStandIns()
		p.followRequests(context.Background())
		p.followInquiries(context.Background())
		p.followOrders(context.Background())
	})
	// what falls due in requests falls due at midnight; again and again in case it failed or a case changed since
	app.Cron().MustAdd("foi-clock", "*/5 * * * *", func() { p.followRequests(context.Background()) })
	app.Cron().MustAdd("inquiry-clock", "*/5 * * * *", func() { p.followInquiries(context.Background()) })
	app.Cron().MustAdd("order-clock", "*/5 * * * *", func() { p.followOrders(context.Background()) })
	// what came to life again at a school that was merged or closed
	app.Cron().MustAdd("ended-schools", "*/5 * * * *", p.followEndedSchools)
	// a version of the standard whose day has come
	app.Cron().MustAdd("standard", "*/5 * * * *", p.followStandards)
	// what people set a time for: publication, the end of a 公示, the end of validity
	app.Cron().MustAdd("procedure-clock", "* * * * *", p.followClock)
	// once a week; asked every hour in case the server was down
	app.Cron().MustAdd("calendar-reminder", "10 7-22 * * *", p.remindOfCalendar)
	// by day; asked every hour in case the server was down at midnight
	app.Cron().MustAdd("surveys", "5 * * * *", p.followSurveys)
	// what was measured of the day that has ended; again and again in case the server was off
	app.Cron().MustAdd("snapshots", "20 * * * *", func() {
		if err := p.takeSnapshots(context.Background()); err != nil {
			app.Logger().Error("take the snapshots of supervision", "error", err)
		}
	})
	app.Cron().MustAdd("foi-purge", "30 3 * * *", func() {
		p.purgeRequests(context.Background())
		p.purgeLetters(context.Background())
	})
	// the year is frozen on 1 January; schools are reminded by day
	app.Cron().MustAdd("annual-reports", "25 7-22 * * *", p.followAnnual)
	// once a morning, before the mail of the day goes out; asked every hour in case the server was down
	app.Cron().MustAdd("silences", "15 6-22 * * *", p.followSilences)
	// what is due by the schedules of the sources; a run that was missed is begun as soon as the server is back
	app.Cron().MustAdd("registry", "*/5 * * * *", p.followRegistry)
	// commands that were killed in the middle of a reading
	app.Cron().MustAdd("registry-broken", "* * * * *", func() {
		if err := p.registrar.endSilent(); err != nil {
			app.Logger().Error("end the readings of commands that broke off", "error", err)
		}
	})
	app.Cron().MustAdd("registry-purge", "45 3 * * *", func() { p.purgeLines(context.Background()) })
	// downloads of forms are counted in memory
	app.Cron().MustAdd("downloads", "* * * * *", p.storeDownloads)
	app.Cron().MustAdd("preview-links", "40 * * * *", p.forgetPreviews)
	// as often as visits tell how the site is reached (国办秘函〔2019〕19号)
	app.Cron().MustAdd("probe-visits", "11 * * * *", p.prober.payVisits)
	// the lists of the open data as files, by night; asked again in case the server was down then
	app.Cron().MustAdd("open-files", "*/30 2-22 * * *", p.bulk.night)
	// by night; asked again in case the server was down then
	app.Cron().MustAdd("probe-links", "*/20 1-22 * * *", p.prober.startNightly)
	// before the morning's mail; again and again in case the server was down then
	app.Cron().MustAdd("audit-head", "20,50 7-22 * * *", p.tellHead)
	// what subscribers are told, and again what they did not take
	app.Cron().MustAdd("push", "* * * * *", p.courier.work)
	app.Cron().MustAdd("push-alarms", "35 * * * *", p.followPush)
	// emergencies at once, digests in the morning
	app.Cron().MustAdd("mails", "* * * * *", (&postman{p: p}).work)
}
