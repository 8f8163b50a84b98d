using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using ChatAnalysis.Silo.Hosting;

namespace ChatAnalysis.Silo.Configuration;

/// <summary>Reads an options record from a section of the configuration and refuses what is wrong by name.</summary>
/// <remarks>The configuration's own binder says neither what a value may be nor that a name is unknown.</remarks>
internal static class SettingsReader
{
    /// <summary>The section's values on top of the record's defaults.</summary>
    /// <param name="configuration">All settings.</param>
    /// <param name="section">The section's name, such as <c>Upload</c>.</param>
    /// <exception cref="StartFailedException">A name is unknown, or a value is not what it may be.</exception>
    public static T Read<T>(IConfiguration configuration, string section)
        where T : new()
    {
        object options = new T();
        var properties = typeof(T).GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.CanWrite).ToArray();
        foreach (var setting in configuration.GetSection(section).GetChildren())
        {
            var property = properties.FirstOrDefault(p => p.Name.Equals(setting.Key, StringComparison.OrdinalIgnoreCase))
                ?? throw new StartFailedException(
                    $"{setting.Path} is no setting; {section} has {string.Join(", ", properties.Select(p => p.Name))}");
            property.SetValue(options, Convert(setting, property));
        }

        return (T)options;
    }

    /// <summary>One whole number of the configuration.</summary>
    /// <exception cref="StartFailedException">It is not a whole number in this range.</exception>
    public static int ReadInteger(IConfiguration configuration, string key, int fallback, int from, int to)
    {
        var text = configuration[key];
        if (string.IsNullOrWhiteSpace(text))
            return fallback;
        var isNumber = int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value);
        return isNumber && value >= from && value <= to
            ? value
            : throw new StartFailedException(
                string.Create(CultureInfo.InvariantCulture, $"{key} is '{text}', but must be a whole number from {from} to {to}"));
    }

    private static object? Convert(IConfigurationSection setting, PropertyInfo property)
    {
        var type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        if (string.IsNullOrEmpty(setting.Value) && type != typeof(string))
            throw Wrong(setting, property, type);

        object? value;
        try
        {
            value = type == typeof(string) ? setting.Value : TypeDescriptor.GetConverter(type).ConvertFromInvariantString(setting.Value!);
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException or NotSupportedException)
        {
            throw Wrong(setting, property, type);
        }

        var known = !type.IsEnum || type.IsDefined(typeof(FlagsAttribute)) || Enum.IsDefined(type, value!);
        if (!known || property.GetCustomAttributes<ValidationAttribute>().Any(rule => !rule.IsValid(value)))
            throw Wrong(setting, property, type);
        return value;
    }

    private static StartFailedException Wrong(IConfigurationSection setting, PropertyInfo property, Type type) =>
        new($"{setting.Path} is '{setting.Value}', but must be {WhatItMayBe(property, type)}");

    private static string WhatItMayBe(PropertyInfo property, Type type)
    {
        var kind = type switch
        {
            _ when type == typeof(bool) => "true or false",
            _ when type == typeof(TimeSpan) => "a time as hours:minutes:seconds",
            _ when type == typeof(float) || type == typeof(double) => "a number",
            _ when type == typeof(string) => "a text",
            _ when type.IsDefined(typeof(FlagsAttribute)) =>
                $"any of {string.Join(", ", Enum.GetNames(type).Skip(1)).ToLowerInvariant()}, with commas between",
            _ when type.IsEnum => $"one of {string.Join(", ", Enum.GetNames(type)).ToLowerInvariant()}",
            _ => "a whole number",
        };
        return property.GetCustomAttribute<RangeAttribute>() is { } range
            ? string.Create(CultureInfo.InvariantCulture, $"{kind} from {range.Minimum} to {range.Maximum}")
            : kind;
    }
}
