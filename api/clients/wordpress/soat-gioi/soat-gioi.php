<?php
/**
 * Plugin Name:       Soát giới
 * Description:       Soát bài về giới trước khi đăng, trên máy chủ soát giới của tòa soạn: cổng đăng và từng phát hiện hiện ngay trong trình soạn thảo.
 * Version:           @VERSION@
 * Requires at least: 5.8
 * Requires PHP:      7.4
 * Author:            The auditor authors
 * License:           MIT
 * License URI:       https://opensource.org/license/mit
 *
 * @package SoatGioi
 */

namespace SoatGioi;

defined( 'ABSPATH' ) || exit;

const VERSION = '@VERSION@';
const FILE    = __FILE__;

foreach ( array( 'settings', 'article', 'result', 'server', 'gate', 'route', 'editors', 'screens', 'options' ) as $part ) {
	require_once __DIR__ . "/includes/$part.php";
}

add_action( 'init', __NAMESPACE__ . '\\guard', 100 );
add_action( 'rest_api_init', __NAMESPACE__ . '\\register_route' );
add_action( 'enqueue_block_editor_assets', __NAMESPACE__ . '\\block_editor' );
add_action( 'add_meta_boxes', __NAMESPACE__ . '\\classic_editor', 10, 2 );
add_action( 'admin_init', __NAMESPACE__ . '\\columns' );
add_action( 'admin_notices', __NAMESPACE__ . '\\notices' );
add_action( 'admin_menu', __NAMESPACE__ . '\\options_menu' );
add_action( 'admin_init', __NAMESPACE__ . '\\options_register' );
add_action( 'admin_post_soat_gioi_try', __NAMESPACE__ . '\\options_try' );
add_filter( 'plugin_action_links_' . plugin_basename( __FILE__ ), __NAMESPACE__ . '\\options_link' );
