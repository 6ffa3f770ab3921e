using System.Globalization;
using System.Text;
using System.Text.Json;
using Equaticket.Endurance.Load;
using Equaticket.Endurance.Running;

namespace Equaticket.Endurance.Judging;

/// <summary>The result of a run.</summary>
public sealed record Report(
    RunOptions Options, TimeSpan Duration, Journal Journal, Ledger Ledger, int Messages, int Restarts,
    IReadOnlyList<Claim> Claims, IReadOnlyList<UseTrend> Use, IReadOnlyList<string> LeftOut)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = false };

    public bool Holds => Claims.All(claim => claim.Holds);

    private IEnumerable<(string Name, int Times, double Longest, double Gap, int Failed)> Faults =>
        from fault in Journal.Faults
        group fault by fault.Name into same
        orderby same.Key
        select (
            same.Key, same.Count(), same.Max(fault => fault.Seconds), same.Max(Journal.LongestGap),
            same.Sum(fault => Journal.FailedDuring(fault).Count()));

    public string ToMarkdown()
    {
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture,
            $"{Duration.TotalMinutes:0.0} minutes, seed {Options.Seed}, {Options.Rate} visitors a second, "
            + $"{(Options.UsesPgBouncer ? "with" : "without")} PgBouncer, "
            + $"{(Options.UsesReplicas ? "with" : "without")} reads on the standby\n");
        text.AppendLine("| Measured | |\n|---|---|");
        foreach (var (name, value) in Numbers())
            Row(text, $"{name} | {value:N0}");
        text.AppendLine("\n| Claim | Found against it |\n|---|---|");
        foreach (var claim in Claims)
            Row(text, $"{claim.Name} | {(claim.Holds ? "0" : $"**{claim.Against.Count}**")}");
        text.AppendLine("\n| Fault | Times | Longest until all was well | Longest without a write | Failed attempts |");
        text.AppendLine("|---|---|---|---|---|");
        foreach (var (name, times, longest, gap, failed) in Faults)
            Row(text, $"{name} | {times} | {longest:0} s | {gap:0.0} s | {failed}");
        text.AppendLine("\n| Failed attempts, all tried again | |\n|---|---|");
        foreach (var (code, count) in Journal.FailuresByCode)
            Row(text, $"{code} | {count}");
        text.AppendLine("\n| Host: median of the first and the last third | Memory | File handles | Sockets |");
        text.AppendLine("|---|---|---|---|");
        foreach (var (host, first, last) in Use)
        {
            Row(text, $"{host} | {first.MegaBytes:0} → {last.MegaBytes:0} MB | {first.Handles} → {last.Handles} | "
                + $"{first.Sockets} → {last.Sockets}");
        }

        foreach (var left in LeftOut)
            text.AppendLine(CultureInfo.InvariantCulture, $"\nLeft out: {left}.");
        return text.ToString();
    }

    /// <returns>The report on one line.</returns>
    public string ToJson() => JsonSerializer.Serialize(
        new
        {
            Holds,
            Options.Seed,
            Minutes = Duration.TotalMinutes,
            Numbers = Numbers().ToDictionary(number => number.Name, number => number.Value),
            Claims = Claims.ToDictionary(claim => claim.Name, claim => claim.Against),
            Faults = Faults.Select(fault => new { fault.Name, fault.Times, fault.Longest, fault.Gap, fault.Failed }),
            Failures = Journal.FailuresByCode,
            Use,
            LeftOut,
        },
        Json);

    private static void Row(StringBuilder text, string cells) => text.Append("| ").Append(cells).AppendLine(" |");

    private IEnumerable<(string Name, long Value)> Numbers() =>
    [
        ("requests", Journal.Attempts),
        ("acknowledged writes", Journal.Acknowledged),
        ("failed attempts", Journal.Failed.Count),
        ("events created", Ledger.Events.Count(created => created.Id is not null)),
        ("orders", Ledger.Purchases.Count(purchase => purchase.OrderNumber is not null)),
        ("purchases refused because of stock", Ledger.Purchases.Count(purchase => purchase.Left is not null)),
        ("refunds", Ledger.Purchases.Count(purchase => purchase.Refund is { IsAcknowledged: true })),
        ("tickets scanned", Ledger.Scans.Count),
        ("webhook messages received", Messages),
        ("orders reported by subscriptions", Ledger.Streams.Sum(stream => stream.Orders.Count)),
        ("subscriptions resumed", Ledger.Streams.Sum(stream => stream.Breaks)),
        ("ticket types judged", Ledger.Types.Count),
        ("hosts that ended by themselves and were started again", Restarts),
    ];
}
