using System.CommandLine;
using Equaticket.Engine.Introspection;
using Equaticket.Host.Hosting;
using Equaticket.RestFacade;
using Equaticket.RestFacade.OpenApi;
using Equaticket.RestFacade.Operations;
using GraphQL.Types;

namespace Equaticket.Host.Commands;

/// <summary>
/// <c>schema export</c> and <c>openapi export</c>: print documents generated from the code.
/// </summary>
internal static class ExportCommands
{
    public static Command Schema() => new("schema", "Work with the GraphQL schema.")
    {
        Export(
            "schema",
            "Print the GraphQL schema.",
            services => SchemaText.Print(services.GetRequiredService<ISchema>())),
        SchemaCommands.Diff(),
        SchemaCommands.Check(),
    };

    public static Command OpenApi() => new("openapi", "Work with the OpenAPI document.")
    {
        Export(
            "openapi",
            "Print the OpenAPI document of the REST API.",
            services => ApiDocument.Text(
                services.GetRequiredService<OperationCatalog>(),
                services.GetRequiredService<ISchema>(),
                ApiDocument.PublicServer)),
    };

    private static Command Export(
        string name, string description, Func<IServiceProvider, string> make)
    {
        var file = new Argument<FileInfo?>("FILE")
        {
            Description = "The file to write. Defaults to standard output.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var json = CommandOptions.Json();
        var command = new Command("export", description) { file, json };
        command.SetAction((given, cancellationToken) => CommandHost.ReportAsync(async () =>
        {
            var text = await MakeAsync(make);
            if (given.GetValue(file) is not { } target)
            {
                var result = new Dictionary<string, string> { [name] = text };
                CommandHost.Print(given.GetValue(json), result, text.TrimEnd());
                return;
            }

            await CommandFiles.WriteAsync(target, text, cancellationToken);
            CommandHost.Print(
                given.GetValue(json), new { file = target.FullName }, $"Wrote {target}.");
        }));
        return command;
    }

    /// <summary>Generates text from services that need no database.</summary>
    public static async Task<string> MakeAsync(Func<IServiceProvider, string> make)
    {
        await using var services = new ServiceCollection()
            .AddLogging().AddEquaticket(connectionString: "").AddRestFacade().BuildServiceProvider();
        return make(services);
    }
}
