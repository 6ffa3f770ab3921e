using System.CommandLine;
using System.Text.Json;
using Equaticket.Host.Hosting;
using Equaticket.Persistence.Spelling;

namespace Equaticket.Host.Commands;

/// <summary>Runs a command with the services it needs, and reports errors.</summary>
internal static class CommandHost
{
    private const int Failure = 1;

    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Sets what a command does on the database, after applying pending migrations.</summary>
    public static Command OnDatabase(
        this Command command, Func<IServiceProvider, ParseResult, CancellationToken, Task> run)
    {
        command.SetAction((given, cancellationToken) =>
            RunAsync((services, token) => run(services, given, token), cancellationToken));
        return command;
    }

    /// <summary>Runs a command on the database, after applying pending migrations.</summary>
    public static Task<int> RunAsync(
        Func<IServiceProvider, CancellationToken, Task> command,
        CancellationToken cancellationToken) =>
        RunAsync((services, _, token) => command(services, token), cancellationToken);

    /// <summary>Runs a command that needs to know which migrations were applied.</summary>
    public static Task<int> RunAsync(
        Func<IServiceProvider, IReadOnlyList<string>, CancellationToken, Task> command,
        CancellationToken cancellationToken) =>
        ReportAsync(async () =>
        {
            var configuration = EquaticketServer.CreateBuilder().Configuration;
            await using var database = await OpenDatabaseAsync(configuration, cancellationToken);
            await using var services = Services(database.ConnectionString, configuration);
            var applied = await MigrationsOf(database).ApplyAsync(cancellationToken);
            await command(services, applied, cancellationToken);
        });

    /// <summary>Opens the configured database, and prints its description to standard error.</summary>
    public static async Task<DatabaseAccess> OpenDatabaseAsync(
        IConfiguration configuration, CancellationToken cancellationToken)
    {
        var database = await DatabaseAccess.OpenAsync(configuration, cancellationToken);
        Console.Error.WriteLine($"Using {database.Description}.");
        return database;
    }

    /// <summary>The migrations of a database, with progress on standard error.</summary>
    public static Migrations MigrationsOf(DatabaseAccess database) =>
        new(database.DirectConnectionString, Console.Error.WriteLine);

    /// <summary>Turns expected errors into a message and exit code 1.</summary>
    public static async Task<int> ReportAsync(Func<Task> command)
    {
        try
        {
            await command();
            return 0;
        }
        catch (Exception error) when (ExpectedErrors.Sentence(error) is { } sentence)
        {
            Console.Error.WriteLine(sentence);
            return Failure;
        }
    }

    /// <summary>Prints a result, as JSON for scripts or as text for users.</summary>
    public static void Print(bool asJson, object result, string text) =>
        Console.WriteLine(asJson ? ToJson(result) : text);

    /// <summary>Prints a list row by row, as one line of JSON for scripts or as lines of text for users.</summary>
    public static async Task PrintListAsync<T>(
        bool asJson,
        string name,
        IAsyncEnumerable<T> rows,
        Func<T, object> json,
        Func<T, string> text,
        CancellationToken cancellationToken)
    {
        var separator = $"{{\"{name}\":[";
        await foreach (var row in rows.WithCancellation(cancellationToken))
        {
            if (asJson)
                Console.Write(separator + ToJson(json(row)));
            else
                Console.WriteLine(text(row));
            separator = ",";
        }

        if (asJson)
            Console.WriteLine(separator == "," ? "]}" : separator + "]}");
    }

    /// <summary>A number with its noun: "1 organization", "2 organizations".</summary>
    public static string Count(int number, string noun) => number == 1 ? $"1 {noun}" : $"{number} {noun}s";

    /// <summary>A result as one line of JSON, for scripts.</summary>
    public static string ToJson(object result) => JsonSerializer.Serialize(result, Json);

    internal static ServiceProvider Services(string connectionString, IConfiguration configuration) =>
        new ServiceCollection()
            .AddLogging()
            .AddSingleton(configuration)
            .AddEquaticket(connectionString)
            .WrapStoredSecrets(configuration)
            .BuildServiceProvider();
}

/// <summary>Options that several commands share.</summary>
internal static class CommandOptions
{
    public static Option<bool> Json() => new("--json")
    {
        Description = "Print one line of JSON, for scripts.",
    };

    public static Option<string> Organization() => new("--org")
    {
        Description = "The slug of the organization.",
        Required = true,
    };

    public static Option<string> Text(string name, string description, bool required = true) =>
        new(name) { Description = description, Required = required };

    /// <summary>An option that takes an enum value by its API name.</summary>
    public static Option<string> OneOf<TEnum>(string name, string description)
        where TEnum : struct, Enum
    {
        var option = Text(name, $"{description} One of: {string.Join(", ", WireNames<TEnum>.All)}.");
        option.AcceptOnlyFromAmong([.. WireNames<TEnum>.All]);
        return option;
    }
}
