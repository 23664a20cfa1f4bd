# Builds and packs on a Windows machine of a pipeline:  powershell installer\windows\build.ps1
# Wants Python 3.11-3.13 and Inno Setup 6.3 (iscc, on the PATH); installs nothing outside .venv.
# -Certificate THUMBPRINT signs both programs, then the installer (signtool, on the PATH).
param([string] $Certificate = '', [string] $TimeStamp = 'http://timestamp.digicert.com')
$ErrorActionPreference = 'Stop'
Set-Location (Join-Path $PSScriptRoot '..\..')

function Invoke-Step([string] $Program, [string[]] $Arguments) {
  & $Program @Arguments
  if ($LASTEXITCODE -ne 0) { throw "$Program $Arguments ended with $LASTEXITCODE" }
}

function Add-Signature([string[]] $Files) {
  if ($Certificate) {
    Invoke-Step 'signtool' (@('sign', '/sha1', $Certificate, '/fd', 'SHA256',
      '/tr', $TimeStamp, '/td', 'SHA256') + $Files)
  }
}

if (-not (Test-Path .venv)) { Invoke-Step 'python' @('-m', 'venv', '.venv') }
$python = '.venv\Scripts\python.exe'
Invoke-Step $python @('-m', 'pip', 'install', '--quiet', '-e', '.[dev]')
Invoke-Step $python @('-m', 'PyInstaller', '--noconfirm', '--log-level', 'WARN',
  '--workpath', 'build\pyinstaller', 'build.spec')

$env:YORISOI_PROGRAM = (Resolve-Path 'dist\yorisoi\yorisoi-cli.exe').Path
$env:YORISOI_NO_SKIP = '1'
Invoke-Step $python @('-m', 'pytest', '-q', 'tests\built')

Add-Signature @('dist\yorisoi\yorisoi.exe', 'dist\yorisoi\yorisoi-cli.exe')
$version, $numbers = & $python installer\version_resource.py
Invoke-Step 'iscc' @("/DVersion=$version", "/DNumbers=$numbers", 'installer\windows\yorisoi.iss')
Add-Signature @("dist\yorisoi-$version-setup.exe")
Get-FileHash "dist\yorisoi-$version-setup.exe" -Algorithm SHA256 | Format-List Hash, Path
