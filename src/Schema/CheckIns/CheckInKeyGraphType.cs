using System.Buffers.Text;
using System.Security.Cryptography;
using Equaticket.Persistence.CheckIns;
using GraphQL.Types;

namespace Equaticket.Schema.CheckIns;

public sealed class CheckInKeyGraphType : ObjectGraphType<CheckInKey>
{
    public CheckInKeyGraphType()
    {
        Name = "CheckInKey";
        Description = "The public key of an ECDSA P-256 key pair that signs QR codes.";
        Field<NonNullGraphType<IdGraphType>>("id")
            .Description("The id of the key.")
            .Resolve(c => c.Source.Id);
        Field<NonNullGraphType<StringGraphType>>("keyId")
            .Description("The id as it appears in QR texts, encoded as base64url.")
            .Resolve(c => QrText.Encode(c.Source.Id));
        Field<NonNullGraphType<StringGraphType>>("publicKeyPem")
            .Description("The key in PEM format (SubjectPublicKeyInfo).")
            .Resolve(c => PemEncoding.WriteString("PUBLIC KEY", c.Source.PublicKey));
        Field<NonNullGraphType<CheckInJwkGraphType>>("publicKeyJwk")
            .Description("The key as a JSON Web Key (RFC 7517), for WebCrypto and similar libraries.")
            .Resolve(c => CheckInJwk.Of(c.Source));
    }
}

/// <summary>A public key in the form of RFC 7517; coordinates in base64url.</summary>
public sealed record CheckInJwk(string KeyId, string X, string Y)
{
    public static CheckInJwk Of(CheckInKey stored)
    {
        using var key = ECDsa.Create();
        key.ImportSubjectPublicKeyInfo(stored.PublicKey, out _);
        var point = key.ExportParameters(includePrivateParameters: false).Q;
        return new CheckInJwk(
            QrText.Encode(stored.Id),
            Base64Url.EncodeToString(point.X),
            Base64Url.EncodeToString(point.Y));
    }
}

public sealed class CheckInJwkGraphType : ObjectGraphType<CheckInJwk>
{
    public CheckInJwkGraphType()
    {
        Name = "CheckInJwk";
        Description = "A public key as a JSON Web Key (RFC 7517).";
        Add("kty", "The key type: `EC`.", _ => "EC");
        Add("crv", "The curve: `P-256`.", _ => "P-256");
        Add("alg", "The algorithm: `ES256`.", _ => "ES256");
        Add("use", "The intended use: `sig`.", _ => "sig");
        Add("kid", "The key id, as it appears in QR texts.", key => key.KeyId);
        Add("x", "The x coordinate, encoded as base64url.", key => key.X);
        Add("y", "The y coordinate, encoded as base64url.", key => key.Y);
    }

    private void Add(string name, string description, Func<CheckInJwk, string> value) =>
        Field<NonNullGraphType<StringGraphType>>(name)
            .Description(description)
            .Resolve(c => value(c.Source));
}
