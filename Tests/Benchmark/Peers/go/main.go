// The rows of the comparison with client_golang. What each row does stands in Peers/README.md.
package main

import (
	"bufio"
	"bytes"
	"fmt"
	"net"
	"net/http"
	"os"
	"strings"
	"sync"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promhttp"
	dto "github.com/prometheus/client_model/go"
	"github.com/prometheus/common/expfmt"
)

var (
	bounds      = []float64{0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 25}
	pageBounds  = bounds[:11]
	methods     = []string{"GET", "POST", "PUT", "DELETE"}
	values      = makeValues()
)

func makeValues() []float64 {
	var state uint64
	next := func() float64 {
		state = state*6364136223846793005 + 1442695040888963407
		return float64(state>>11) / (1 << 53)
	}
	values := make([]float64, 4096)
	for i := range values {
		bucket := int(next() * 13)
		lower, upper := 0.0, 50.0
		if bucket > 0 {
			lower = bounds[bucket-1]
		}
		if bucket < 12 {
			upper = bounds[bucket]
		}
		values[i] = lower + (upper-lower)*next()
	}
	return values
}

func path(i int) string { return fmt.Sprintf("/api/v1/resources/%02d", i) }

func counterPage() *prometheus.Registry {
	registry := prometheus.NewRegistry()
	for family := 0; family < 50; family++ {
		vec := prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: fmt.Sprintf("http_requests_%02d_total", family), Help: "Requests that were answered."},
			[]string{"method", "path"})
		registry.MustRegister(vec)
		for child := 0; child < 100; child++ {
			vec.WithLabelValues(methods[child%4], path(child/4)).Add(float64((family*100 + child) * 7919 % 1000003))
		}
	}
	return registry
}

func histogramPage() *prometheus.Registry {
	registry := prometheus.NewRegistry()
	for family := 0; family < 100; family++ {
		vec := prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: fmt.Sprintf("http_duration_%02d_seconds", family), Help: "Time to answer requests.",
			Buckets: pageBounds}, []string{"method", "path"})
		registry.MustRegister(vec)
		for child := 0; child < 70; child++ {
			histogram := vec.WithLabelValues(methods[child%4], path(child/4))
			for i := 0; i < 5; i++ {
				histogram.Observe(values[(family*350+child*5+i)%4096])
			}
		}
	}
	return registry
}

func render(registry *prometheus.Registry, buffer *bytes.Buffer) {
	buffer.Reset()
	families, err := registry.Gather()
	if err != nil {
		panic(err)
	}
	encoder := expfmt.NewEncoder(buffer, expfmt.FmtText)
	for _, family := range families {
		if err := encoder.Encode(family); err != nil {
			panic(err)
		}
	}
}

// sample prints the nanoseconds of one operation, and a number that shows that all were done.
func sample(operations int, threads int, body func(), check func() float64) {
	var ready, done sync.WaitGroup
	start := make(chan struct{})
	for thread := 0; thread < threads; thread++ {
		ready.Add(1)
		done.Add(1)
		go func() {
			ready.Done()
			<-start
			body()
			done.Done()
		}()
	}
	ready.Wait()
	begin := time.Now()
	close(start)
	done.Wait()
	elapsed := time.Since(begin)
	fmt.Printf("%g %g\n", float64(elapsed.Nanoseconds())/float64(operations*threads), check())
}

func counted(metric prometheus.Metric) *dto.Metric {
	var out dto.Metric
	if err := metric.Write(&out); err != nil {
		panic(err)
	}
	return &out
}

func increments(threads int) {
	const operations = 4_000_000
	vec := prometheus.NewCounterVec(prometheus.CounterOpts{Name: "x_total", Help: "X."}, []string{"method", "path"})
	counter := vec.WithLabelValues("GET", path(1))
	sample(operations, threads, func() {
		for i := 0; i < operations; i++ {
			counter.Inc()
		}
	}, func() float64 { return counted(counter).GetCounter().GetValue() })
}

func lookups() {
	const operations = 1_000_000
	vec := prometheus.NewCounterVec(prometheus.CounterOpts{Name: "x_total", Help: "X."}, []string{"method", "path"})
	labels := make([][2]string, 100)
	for i := range labels {
		labels[i] = [2]string{methods[i%4], path(i / 4)}
		vec.WithLabelValues(labels[i][0], labels[i][1])
	}
	sample(operations, 1, func() {
		child := 0
		for i := 0; i < operations; i++ {
			vec.WithLabelValues(labels[child][0], labels[child][1]).Inc()
			child += 37
			if child >= 100 {
				child -= 100
			}
		}
	}, func() float64 {
		total := 0.0
		for _, label := range labels {
			total += counted(vec.WithLabelValues(label[0], label[1])).GetCounter().GetValue()
		}
		return total
	})
}

func observations(threads int) {
	const operations = 2_000_000
	vec := prometheus.NewHistogramVec(prometheus.HistogramOpts{Name: "x", Help: "X.", Buckets: bounds},
		[]string{"method", "path"})
	histogram := vec.WithLabelValues("GET", path(1))
	sample(operations, threads, func() {
		for i := 0; i < operations; i++ {
			histogram.Observe(values[i&4095])
		}
	}, func() float64 { return float64(counted(histogram.(prometheus.Metric)).GetHistogram().GetSampleCount()) })
}

func pages(registry *prometheus.Registry, count int) {
	var buffer bytes.Buffer
	render(registry, &buffer)
	lines := bytes.Count(buffer.Bytes(), []byte{'\n'})
	sample(count*lines, 1, func() {
		for i := 0; i < count; i++ {
			render(registry, &buffer)
		}
	}, func() float64 { return float64(bytes.Count(buffer.Bytes(), []byte{'\n'})) })
}

func memory() {
	registry := histogramPage()
	var buffer bytes.Buffer
	fmt.Printf("%s", status("VmRSS:"))
	for i := 0; i < 5; i++ {
		render(registry, &buffer)
	}
	fmt.Printf(" %s\n", status("VmHWM:"))
}

func status(key string) string {
	text, err := os.ReadFile("/proc/self/status")
	if err != nil {
		panic(err)
	}
	for _, line := range strings.Split(string(text), "\n") {
		if strings.HasPrefix(line, key) {
			return strings.Fields(line)[1]
		}
	}
	panic(key)
}

func serve() {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		panic(err)
	}
	fmt.Println(listener.Addr().(*net.TCPAddr).Port)
	http.Handle("/metrics", promhttp.HandlerFor(counterPage(), promhttp.HandlerOpts{}))
	panic(http.Serve(listener, nil))
}

// once makes a page when it is first asked for.
func once(build func() *prometheus.Registry) func() *prometheus.Registry {
	var registry *prometheus.Registry
	return func() *prometheus.Registry {
		if registry == nil {
			registry = build()
		}
		return registry
	}
}

func main() {
	counters, histograms := once(counterPage), once(histogramPage)
	lines := bufio.NewScanner(os.Stdin)
	for lines.Scan() {
		switch lines.Text() {
		case "increment":
			increments(1)
		case "increment-2":
			increments(2)
		case "lookup":
			lookups()
		case "observe":
			observations(1)
		case "observe-2":
			observations(2)
		case "render-counters":
			pages(counters(), 10)
		case "render-histograms":
			pages(histograms(), 1)
		case "page-counters":
			page(counters())
		case "page-histograms":
			page(histograms())
		case "memory":
			memory()
		case "serve":
			serve()
		default:
			fmt.Println("-")
		}
	}
}

func page(registry *prometheus.Registry) {
	var buffer bytes.Buffer
	render(registry, &buffer)
	fmt.Println(buffer.Len())
	os.Stdout.Write(buffer.Bytes())
}
