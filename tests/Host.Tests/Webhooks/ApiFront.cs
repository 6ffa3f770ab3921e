using System.Text;
using Equaticket.Testing.Webhooks;
using Microsoft.AspNetCore.Http;

namespace Equaticket.Host.Tests.Webhooks;

/// <summary>Responses of a receiver in front of a host, which simulate outages of the API.</summary>
internal static class ApiFront
{
    public static Func<ReceivedWebhook, HttpContext, Task> PassOnTo(TestHost host) =>
        async (received, http) =>
        {
            using var request = new HttpRequestMessage(
                HttpMethod.Post, new Uri(host.Address, received.Path))
            {
                Content = new StringContent(received.Body, Encoding.UTF8, "application/json"),
            };
            request.Headers.Add("Authorization", received.Headers["Authorization"]);
            using var response = await host.Http.SendAsync(request);
            await http.Response.WriteAsync(await response.Content.ReadAsStringAsync());
        };

    /// <summary>Sends a response that asks the client to wait 40 seconds.</summary>
    public static Task AnswerAsync(HttpContext http, int status, string body)
    {
        (http.Response.StatusCode, http.Response.Headers.RetryAfter) = (status, "40");
        return http.Response.WriteAsync(body);
    }

    /// <summary>Sends an API error.</summary>
    public static Task RefuseAsync(HttpContext http, int status, string code) => AnswerAsync(
        http,
        status,
        $$$"""{"errors": [{"message": "Wait.", "extensions": {"code": "{{{code}}}"}}], "data": null}""");
}
