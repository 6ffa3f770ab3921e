using Equaticket.Dashboard.Frame;
using Equaticket.Engine.Errors;
using Equaticket.Http;
using Equaticket.Schema.Team;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Equaticket.Dashboard.Operations;

/// <summary>
/// Notifies a page through Server-Sent Events when a list has a newer row, so that the page can reload. Every poll
/// checks the session and the permissions again; the stream ends when the user loses either.
/// </summary>
/// <param name="runner">Runs the operation.</param>
/// <param name="operation">The operation to poll. Its only root field is the list.</param>
internal sealed class LiveTail(PageRunner runner, PageOperation operation) : IActionResult
{
    /// <summary>The query parameter that requests the stream.</summary>
    public const string Parameter = "tail";

    /// <summary>The maximum number of open streams per host.</summary>
    private const int MaxStreams = 200;

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    /// <summary>Bounded, so that a forgotten page doesn't keep a session alive.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(30);

    private static int _open;

    public async Task ExecuteResultAsync(ActionContext context)
    {
        var http = context.HttpContext;
        var stopping = http.RequestServices.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, stopping);
        try
        {
            if (Interlocked.Increment(ref _open) > MaxStreams)
                throw ApiError.Unavailable();
            await FollowAsync(http, operation.Bind(context.RouteData.Values, http.Request.Query), ending.Token);
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            // The browser disconnected, or the host is stopping and the browser reconnects to another one.
        }
        finally
        {
            Interlocked.Decrement(ref _open);
        }
    }

    private async Task FollowAsync(
        HttpContext http, Dictionary<string, object?> variables, CancellationToken cancellationToken)
    {
        var clock = http.RequestServices.GetRequiredService<TimeProvider>();
        var (start, newest) = (clock.GetTimestamp(), await NewestAsync(http, variables));
        http.BeginEvents(isOpenEnded: true);
        await WriteAsync(http, ":\n\n", cancellationToken);
        while (clock.GetElapsedTime(start) < Longest)
        {
            await Task.Delay(Interval, clock, cancellationToken);
            if (!await IsStillMemberAsync(http, cancellationToken))
                break;
            var latest = await NewestAsync(http, variables);
            await WriteAsync(http, latest == newest ? ":\n\n" : "event: newer\ndata:\n\n", cancellationToken);
            newest = latest;
        }

        await WriteAsync(http, "event: end\ndata:\n\n", cancellationToken);
    }

    /// <summary>Looks up the session and role again, so that the next poll runs with the current permissions.</summary>
    private async Task<bool> IsStillMemberAsync(HttpContext http, CancellationToken cancellationToken)
    {
        var services = http.RequestServices;
        if (http.Request.Cookies[SessionAuthentication.Cookie] is not { } key
            || await services.GetRequiredService<SessionRegistry>().FindAsync(key, cancellationToken)
                is not { } known
            || http.GetRouteValue("org") is not string slug)
            return false;
        var member = await services.GetRequiredService<SessionDirectory>().FindAsync(
            known.Session.UserId, slug, CallerFeature.Of(http).Livemode, cancellationToken);
        if (member is null
            || operation.Operation.Refusal(member.Caller, Engine.Execution.Operation.NoVariables) is not null)
            return false;
        http.Features.Set(new CallerFeature(member.Caller));
        return true;
    }

    private async Task<string> NewestAsync(HttpContext http, Dictionary<string, object?> variables)
    {
        var result = await runner.RunAsync(http, operation, variables);
        return result.Error is { } error ? throw error : result.Data.Root["nodes"].Json.GetRawText();
    }

    private static async Task WriteAsync(HttpContext http, string text, CancellationToken cancellationToken)
    {
        await http.Response.WriteAsync(text, cancellationToken);
        await http.Response.Body.FlushAsync(cancellationToken);
    }
}
