using System.Globalization;

namespace Equaticket.Host.EmbeddedPostgres;

/// <summary>A folder with the programs of one PostgreSQL version.</summary>
internal sealed record PostgresBinaries(string Folder, int Major)
{
    private const string Variable = "EQUATICKET_PG_BIN";
    private static readonly string[] Programs = ["initdb", "pg_ctl", "postgres"];
    private static readonly string[] Tools = ["pg_dumpall", "psql", "vacuumdb"];

    /// <summary>The folders where packages install versions side by side: parent, name, tail.</summary>
    private static readonly (string Parent, string Name, string Tail)[] Places =
    [
        ("/usr/lib/postgresql", "*", "bin"),
        ("/usr", "pgsql-*", "bin"),
        ("/usr/libexec", "postgresql*", ""),
        ("/opt/homebrew/opt", "postgresql*", "bin"),
        ("/usr/local/opt", "postgresql*", "bin"),
        ("/usr/local", "pgsql", "bin"),
        ("/Applications/Postgres.app/Contents/Versions", "*", "bin"),
    ];

    /// <summary>A newer version that is also installed; null if there is none.</summary>
    public int? Newer { get; private init; }

    public string InitDb => Path.Join(Folder, "initdb");

    public string PgCtl => Path.Join(Folder, "pg_ctl");

    /// <summary>
    /// Searches only <c>EQUATICKET_PG_BIN</c> if it is set; otherwise PATH, then the package folders,
    /// newest version first.
    /// </summary>
    /// <param name="major">The version of an existing cluster, which no other version can open.</param>
    /// <param name="cancellationToken">Cancels the search.</param>
    public static async Task<PostgresBinaries> FindAsync(
        int? major, CancellationToken cancellationToken)
    {
        var found = await InstalledAsync(Candidates(), Programs, cancellationToken);
        var chosen = major is null ? found.FirstOrDefault() : found.Find(each => each.Major == major);
        if (chosen is null)
            throw Missing(major, [.. found.Select(each => each.Folder)]);
        var newest = found.Max(each => each.Major);
        return chosen with { Newer = newest > chosen.Major ? newest : null };
    }

    /// <summary>Finds the newest version in these folders that also has the programs to copy databases.</summary>
    public static async Task<PostgresBinaries> FindNewestAsync(CancellationToken cancellationToken) =>
        (await InstalledAsync(Candidates(), [.. Programs, .. Tools], cancellationToken)).MaxBy(each => each.Major)
            ?? throw new EmbeddedPostgresException(
                $"No folder with {string.Join(", ", Programs.Concat(Tools))} was found. Install the packages "
                + $"postgresql and postgresql-client, or set {Variable} to their bin folder.");

    /// <summary>
    /// Finds the programs that open a cluster to upgrade, also if <c>EQUATICKET_PG_BIN</c> has newer ones.
    /// </summary>
    /// <param name="major">The version of the cluster.</param>
    /// <param name="folder">The only folder to search; null for all.</param>
    /// <param name="cancellationToken">Cancels the search.</param>
    public static async Task<PostgresBinaries> FindOldAsync(
        int major, string? folder, CancellationToken cancellationToken)
    {
        var folders = folder is null ? Candidates().Concat(Packages()) : [Path.GetFullPath(folder)];
        var found = await InstalledAsync(folders, Programs, cancellationToken);
        return found.Find(each => each.Major == major) ?? throw new EmbeddedPostgresException(
            $"The upgrade needs the programs of PostgreSQL {major}, which this database uses, besides the newer ones. "
            + $"Install the package postgresql-{major}, or name their bin folder: --old-bin FOLDER.");
    }

    /// <summary>The folders that have these programs, in the order in which they are tried.</summary>
    public static IEnumerable<string> Holding(params string[] programs) => Holding(Candidates(), programs);

    private static IEnumerable<string> Holding(IEnumerable<string> folders, string[] programs) => folders
        .Where(folder => Array.TrueForAll(programs, program => File.Exists(Path.Join(folder, program))))
        .Distinct(StringComparer.Ordinal);

    private static async Task<List<PostgresBinaries>> InstalledAsync(
        IEnumerable<string> folders, string[] programs, CancellationToken cancellationToken)
    {
        var found = new List<PostgresBinaries>();
        foreach (var folder in Holding(folders, programs))
        {
            if (await MajorAsync(folder, "postgres", cancellationToken) is { } version)
                found.Add(new PostgresBinaries(folder, version));
        }

        return found;
    }

    private static IEnumerable<string> Candidates() =>
        Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } chosen
            ? [Path.GetFullPath(chosen)]
            : Packages();

    private static IEnumerable<string> Packages()
    {
        var path = Environment.GetEnvironmentVariable("PATH") ?? "";
        return path.Split(':', StringSplitOptions.RemoveEmptyEntries)
            .Where(Path.IsPathRooted)
            .Concat(Places.SelectMany(Versions));
    }

    private static IEnumerable<string> Versions((string Parent, string Name, string Tail) place) =>
        Directory.Exists(place.Parent)
            ? Directory.EnumerateDirectories(place.Parent, place.Name)
                .OrderByDescending(NumberIn)
                .Select(folder => Path.Join(folder, place.Tail))
            : [];

    private static decimal NumberIn(string folder)
    {
        var number = Path.GetFileName(folder).Where(c => char.IsAsciiDigit(c) || c == '.');
        return decimal.TryParse(
            string.Concat(number), CultureInfo.InvariantCulture, out var version) ? version : 0;
    }

    /// <returns>The major version of a program; null if it can't be run.</returns>
    public static async Task<int?> MajorAsync(string folder, string program, CancellationToken cancellationToken)
    {
        var version = await Command.RunAsync(
            [Path.Join(folder, program), "--version"], cancellationToken);
        if (!version.Succeeded)
            return null;
        var digits = version.Output
            .SkipWhile(letter => !char.IsAsciiDigit(letter))
            .TakeWhile(char.IsAsciiDigit);
        return int.TryParse(string.Concat(digits), CultureInfo.InvariantCulture, out var major)
            ? major : null;
    }

    private static EmbeddedPostgresException Missing(int? major, List<string> found)
    {
        var wanted = major is null ? "PostgreSQL" : $"PostgreSQL {major} (this database needs it)";
        var seen = found.Count == 0 ? "" : $" Found only: {string.Join(", ", found)}.";
        var places = Places.Select(place => Path.Join(place.Parent, place.Name, place.Tail));
        return new EmbeddedPostgresException(
            $"No {wanted} was found: no folder with {string.Join(", ", Programs)} in {Variable}, "
            + $"PATH, {string.Join(", ", places)}.{seen} Install the package postgresql"
            + $"{(major is null ? "" : $"-{major}")}, set {Variable} to its bin folder, "
            + "or set ConnectionStrings__Equaticket to your own database."
            + (major is null || found.Count == 0 ? "" : " To move to a newer version, run ./equaticket db upgrade."));
    }
}
