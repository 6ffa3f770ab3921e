using System.CommandLine;
using Equaticket.Schema.Consistency;

namespace Equaticket.Host.Commands;

/// <summary><c>check</c>: verifies that counters and amounts match orders and tickets.</summary>
internal static class CheckCommand
{
    /// <summary>The exit code if anything differs.</summary>
    internal const int HasDifferences = 1;

    public static Command Create()
    {
        var json = CommandOptions.Json();
        var command = new Command(
            "check",
            "Recompute stock, totals, and amounts from orders and tickets; safe while the server is running. "
            + "Exits with 1 if anything differs.")
        {
            json,
        };
        command.SetAction(async (given, cancellationToken) =>
        {
            var differences = 0;
            var exitCode = await CommandHost.RunAsync(
                async (services, token) => differences = await RunAsync(
                    services.GetRequiredService<ConsistencyCheck>(),
                    Report(given.GetValue(json)),
                    token),
                cancellationToken);
            return exitCode == 0 && differences > 0 ? HasDifferences : exitCode;
        });
        return command;
    }

    /// <returns>The number of differences.</returns>
    internal static async Task<int> RunAsync(
        ConsistencyCheck check, CheckReport report, CancellationToken cancellationToken)
    {
        var organizations = await check.OrganizationsAsync(cancellationToken);
        for (var number = 0; number < organizations.Count; number++)
        {
            Console.Error.WriteLine(
                $"Checking {organizations[number].Slug} ({number + 1} of {organizations.Count})");
            await foreach (var difference in
                check.RunAsync(organizations[number], cancellationToken))
                report.Add(difference);
        }

        return report.End(organizations.Count);
    }

    private static CheckReport Report(bool asJson) =>
        asJson ? new JsonCheckReport() : new CheckReport();
}

/// <summary>Prints differences as the check finds them, one per line.</summary>
internal class CheckReport
{
    protected int Count { get; private set; }

    public void Add(Difference difference)
    {
        Write(difference);
        Count++;
    }

    public static string Summary(int differences, int organizations) =>
        $"{CommandHost.Count(differences, "difference")} in {CommandHost.Count(organizations, "organization")}.";

    /// <param name="organizations">The number of organizations checked.</param>
    /// <returns>The number of differences.</returns>
    public int End(int organizations)
    {
        WriteEnd(organizations);
        return Count;
    }

    protected virtual void Write(Difference difference) => Console.WriteLine(
        $"{difference.Organization} {difference.Mode} {difference.Kind} {difference.Id}: expected "
        + $"{difference.Expected}, found {difference.Actual}. {difference.Message}");

    protected virtual void WriteEnd(int organizations) =>
        Console.WriteLine(Summary(Count, organizations));
}

/// <summary>Prints the differences as one line of JSON, incrementally.</summary>
internal sealed class JsonCheckReport : CheckReport
{
    protected override void Write(Difference difference)
    {
        Console.Write(Count == 0 ? """{"differences":[""" : ",");
        Console.Write(CommandHost.ToJson(difference));
    }

    protected override void WriteEnd(int organizations)
    {
        if (Count == 0)
            Console.Write("""{"differences":[""");
        Console.WriteLine($$"""],"organizations":{{organizations}}}""");
    }
}
