<?php

namespace Greeting;

final class Greeting
{
    public static function for(string $name): string
    {
        return "Hello from $name\n";
    }
}
