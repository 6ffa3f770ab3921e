using System.CommandLine;
using Equaticket.Host.Hosting;
using Equaticket.Host.Webhooks;
using Equaticket.Persistence.Spelling;
using Equaticket.Persistence.Webhooks;
using Equaticket.Schema.Webhooks;

namespace Equaticket.Host.Commands;

/// <summary><c>webhooks listen | trigger</c>: to build an integration on one's own machine.</summary>
internal static class WebhookCommands
{
    /// <summary>What can be triggered: a ping goes to one webhook instead.</summary>
    private static readonly string[] Types =
    [
        .. WireNames<WebhookEventType>.All.Except(
            [WireNames<WebhookEventType>.Of(WebhookEventType.WebhookPing)]),
    ];

    public static Command Create() => new("webhooks", "Try webhooks out on your own machine.")
    {
        Listen(),
        Trigger(),
    };

    private static Command Listen()
    {
        var (key, api) = (Key(), Api());
        var target = CommandOptions.Text(
            "--forward-to", "Where to send events, such as http://localhost:3000/hook.");
        var secret = CommandOptions.Text(
            "--secret", "The secret that signs, whsec_…; a new one when left out.", required: false);
        var command = new Command(
            "listen", "Forward the events of your test mode to a local address, signed, until Ctrl-C.")
        {
            key, api, target, secret,
        };
        command.SetAction((given, cancellationToken) => CommandHost.ReportAsync(async () =>
        {
            using var events = new TestWebhookEvents(Address(given.GetValue(api)!), given.GetRequiredValue(key));
            var signing = given.GetValue(secret) ?? WebhookSecrets.Create();
            if (!WebhookSecrets.IsSecret(signing))
                throw new ConfigurationException("--secret must be whsec_ and base64.");
            using var forwarder = new EventForwarder(
                events, Address(given.GetRequiredValue(target)), signing, TimeProvider.System);
            Console.WriteLine($"Signing with {signing}. Ctrl-C ends it.");
            await forwarder.RunAsync(Console.WriteLine, cancellationToken);
        }));
        return command;
    }

    private static Command Trigger()
    {
        var (key, api, json) = (Key(), Api(), CommandOptions.Json());
        var type = new Argument<string>("TYPE")
        {
            Description = $"One of: {string.Join(", ", Types)}.",
        };
        type.AcceptOnlyFromAmong(Types);
        var command = new Command("trigger", "Make a test event with invented data.")
        {
            type, key, api, json,
        };
        command.SetAction((given, cancellationToken) => CommandHost.ReportAsync(async () =>
        {
            using var events = new TestWebhookEvents(Address(given.GetValue(api)!), given.GetRequiredValue(key));
            var (id, payload) = await events.MakeAsync(
                WireNames<WebhookEventType>.Parse(given.GetRequiredValue(type)), cancellationToken);
            CommandHost.Print(given.GetValue(json), new { id, payload }, payload);
        }));
        return command;
    }

    private static Option<string> Key() =>
        CommandOptions.Text("--key", "A test key with webhooks:read and webhooks:write, sk_test_….");

    private static Option<string> Api()
    {
        var option = CommandOptions.Text("--api", "Where the API is.", required: false);
        option.DefaultValueFactory = _ => EquaticketServer.DefaultUrl;
        return option;
    }

    private static Uri Address(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https"
            ? address
            : throw new ConfigurationException($"'{text}' is no address such as http://localhost:3000.");
}
