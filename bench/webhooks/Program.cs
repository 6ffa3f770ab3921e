using System.Diagnostics;
using Equaticket.Testing;
using Equaticket.Testing.Webhooks;
using Equaticket.WebhookBench;
using Microsoft.Extensions.Configuration;

// Usage: dotnet run --project bench/webhooks -c Release [EVENTS [ENDPOINTS]]
if (args is ["receive"])
{
    await Receiver.RunAsync();
    return;
}

var events = args.Length > 0 ? int.Parse(args[0]) : 2_000;
var endpoints = args.Length > 1 ? int.Parse(args[1]) : 10;
using var receiver = Receiver.Start();
var address = new Uri((await receiver.StandardOutput.ReadLineAsync())!);
await using var host = await TestHost.StartAsync(configure: builder =>
    builder.Configuration.AddInMemoryCollection(WebhookSeed.LoopbackSettings()));
var organization = await host.CreateOrganizationAsync();
for (var number = 0; number < endpoints; number++)
    await organization.Live.CreateWebhookAsync(new Uri(address, $"/{number}"));

// The first round warms up; the second is measured.
foreach (var (round, count) in new[] { ("warm-up", events / 4), ("measured", events) })
{
    using var process = Process.GetCurrentProcess();
    var (start, cpu) = (Stopwatch.GetTimestamp(), process.TotalProcessorTime);
    await WebhookEventSeed.AddAsync(host, organization, count);
    await Poll.UntilAsync(
        async () => (await host.QuerySqlAsync<bool>(
            "SELECT NOT EXISTS (SELECT 1 FROM webhook_queue)"))[0],
        TimeSpan.FromMinutes(10));
    process.Refresh();
    var (took, used) = (Stopwatch.GetElapsedTime(start), process.TotalProcessorTime - cpu);
    var deliveries = count * endpoints;
    Console.WriteLine(
        $"{round}: {deliveries} deliveries to {endpoints} endpoints in {took.TotalSeconds:0.0} s: "
        + $"{deliveries / took.TotalSeconds:0} per second, "
        + $"{used.TotalMicroseconds / deliveries:0} µs of the host's CPU each");
}

receiver.Kill();
