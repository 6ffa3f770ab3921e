using System.Globalization;

namespace Equaticket.Endurance.Running;

/// <summary>The options of run.sh.</summary>
public sealed record RunOptions(
    bool IsQuick, double Minutes, bool Keeps, int Seed, double Rate, bool UsesPgBouncer, bool UsesReplicas, bool AsJson,
    string[] Faults)
{
    public const string Usage =
        "Usage: tests/endurance/run.sh [--quick] [--minutes N] [--rate N] [--seed N] [--faults A,B] [--pgbouncer] "
        + "[--replicas] [--keep] [--json]";

    public static readonly string PostgresPrograms = Required("ENDURANCE_PG_BIN");

    public static readonly string HostProgram = Required("EQUATICKET_HOST_DLL");

    public static readonly string ClockLibrary = Required("ENDURANCE_CLOCK");

    /// <summary>Shorter runs report the trends of memory and connections, but don't judge them.</summary>
    public bool IsLong => Minutes >= 20;

    /// <returns>Null if the arguments are invalid.</returns>
    public static RunOptions? Parse(string[] arguments)
    {
        var options = new RunOptions(false, 30, false, Random.Shared.Next(1, 1_000_000), 20, false, false, false, []);
        for (var index = 0; index < arguments.Length; index++)
        {
            string Next() => ++index < arguments.Length ? arguments[index] : "";
            RunOptions? read = arguments[index] switch
            {
                "--quick" => options with { IsQuick = true, Minutes = 4 },
                "--minutes" => Number(Next()) is { } minutes ? options with { Minutes = minutes } : null,
                "--rate" => Number(Next()) is { } rate ? options with { Rate = rate } : null,
                "--seed" => Number(Next()) is { } seed ? options with { Seed = (int)seed } : null,
                "--faults" => options with { Faults = Next().Split(',', StringSplitOptions.RemoveEmptyEntries) },
                "--pgbouncer" => options with { UsesPgBouncer = true },
                "--replicas" => options with { UsesReplicas = true },
                "--keep" => options with { Keeps = true },
                "--json" => options with { AsJson = true },
                _ => null,
            };
            if (read is null)
                return null;
            options = read;
        }

        return options;
    }

    private static double? Number(string text) =>
        double.TryParse(text, CultureInfo.InvariantCulture, out var number) && number > 0 ? number : null;

    private static string Required(string name) =>
        Environment.GetEnvironmentVariable(name) ?? throw new InvalidOperationException($"Set {name}, as run.sh does.");
}
