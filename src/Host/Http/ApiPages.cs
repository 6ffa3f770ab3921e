using System.Security.Cryptography;
using Equaticket.Http;
using Scalar.AspNetCore;

namespace Equaticket.Host.Http;

/// <summary>
/// The API reference at <c>/docs</c>, rendered by Scalar with the script from its
/// package. The content security policy prevents it from loading anything from elsewhere.
/// </summary>
internal static class ApiPages
{
    private const string Path = "/docs";
    private const string Methods = "GET, HEAD";

    private const string Policy = "default-src 'self'; style-src 'self' 'unsafe-inline'; "
        + "img-src 'self' data: blob:; font-src 'self' data:; worker-src 'self' blob:; "
        + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; object-src 'none'; ";

    public static void MapApiPages(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapScalarApiReference(Path, (options, http) =>
        {
            var nonce = Convert.ToBase64String(RandomNumberGenerator.GetBytes(16));
            http.Response.Headers.ContentSecurityPolicy =
                $"{Policy}script-src 'self' 'nonce-{nonce}'";
            options.WithTitle("Equaticket Public API")
                .AddDocument("v1", "Equaticket Public API", "/api/v1/openapi.json")
                .AddPreferredSecuritySchemes(["apiKey"])
                .WithNonce(nonce)
                .DisableDefaultFonts()
                .DisableTelemetry()
                .DisableAgent()
                .DisableMcp()
                .HideDeveloperTools()
                .HideClientButton()
                .WithDotNetFlag(false);
        }).WithMetadata(new HttpMethodMetadata(Methods.Split(", ")));
        endpoints.Map($"{Path}/{{documentName?}}", http => http.RefuseMethodAsync(Methods));
    }
}
