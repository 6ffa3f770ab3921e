using Equaticket.Engine.Errors;
using Equaticket.Host.EmbeddedPostgres;
using Equaticket.Host.Hosting;
using Equaticket.Host.Webhooks;
using Equaticket.Schema.Execution;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Equaticket.Host.Commands;

/// <summary>The errors that an operator can fix, such as a wrong setting or an unavailable database.</summary>
internal static class ExpectedErrors
{
    private const string Annotated = "DataAnnotation validation failed for ";
    private const string BeforeSentence = "' with the error: '";
    private const string AfterSentence = "'.";

    /// <returns>The message to print; null for a bug, which needs its stack trace.</returns>
    public static string? Sentence(Exception error) => error switch
    {
        ApiError or ConfigurationException or ApiAwayException or EmbeddedPostgresException => error.Message,
        OptionsValidationException invalid => string.Join('\n', invalid.Failures.Select(Bare)),
        InvalidOperationException { Source: "Microsoft.Extensions.Configuration.Binder" } => error.Message,
        InvalidOperationException { Source: "Microsoft.Extensions.Logging.Configuration" } =>
            $"Logging__LogLevel: {error.Message}",
        InvalidDataException { Source: "Microsoft.Extensions.Configuration.FileExtensions" } =>
            $"{error.Message} {error.GetBaseException().Message}",
        IOException { InnerException: AddressInUseException } =>
            $"{error.Message.TrimEnd('.')}. Stop the process that uses it, or change ASPNETCORE_URLS.",
        _ when Listeners.Refusal(error) is { } refusal => refusal,
        _ when DatabaseErrors.Translate(error) is not null =>
            $"The database cannot be used: {error.GetBaseException().Message}",
        _ when error.GetBaseException()
            is PostgresException { SqlState: PostgresErrorCodes.InsufficientPrivilege } denied =>
            $"The database cannot be used: {denied.MessageText}. {DatabaseAccess.RoleHint}",
        _ => null,
    };

    /// <returns>The message of a validation attribute, without the text that .NET adds around it.</returns>
    private static string Bare(string failure) =>
        failure.StartsWith(Annotated, StringComparison.Ordinal)
        && failure.IndexOf(BeforeSentence, StringComparison.Ordinal) is >= 0 and var start
            ? failure[(start + BeforeSentence.Length)..^AfterSentence.Length]
            : failure;
}
